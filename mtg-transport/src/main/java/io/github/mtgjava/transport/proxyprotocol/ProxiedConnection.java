package io.github.mtgjava.transport.proxyprotocol;

/**
 * The connection that somebody forwards, as a header tells of it.
 *
 * @param source who connected
 * @param destination the address that was connected to
 */
public record ProxiedConnection(TcpEnd source, TcpEnd destination) {}
