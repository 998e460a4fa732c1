package io.github.mtgjava.internal.access;

/**
 * How many clients there may be of a kind; zero is no limit.
 *
 * @param connectionsPerAddress open at the same time
 * @param handshakes in progress at the same time
 * @param handshakesPerSecond that begin
 */
public record ClientLimits(int connectionsPerAddress, int handshakes, int handshakesPerSecond) {}
