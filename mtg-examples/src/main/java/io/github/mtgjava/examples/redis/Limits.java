package io.github.mtgjava.examples.redis;

import java.time.Duration;

/**
 * How long Redis may take, and how much may wait for it.
 *
 * @param answer for one command; well below a proxy's time for handshakes (10 seconds by default), or the answer would come
 *     when nobody waits for it
 * @param connect for a new connection
 * @param silence a connection on which nothing was answered for so long while something waited is dead, and replaced. The
 *     kernel would go on for a quarter of an hour, as with a machine that lost its power
 * @param reconnect the longest pause between two attempts to connect
 * @param waiting commands that may wait for an answer, or for its time-out; more fail at once. So memory is bounded while Redis
 *     hangs: what timed out is held until the connection is replaced, but no more than that can time out before it is
 */
record Limits(Duration answer, Duration connect, Duration silence, Duration reconnect, int waiting) {

    static final Limits DEFAULTS = new Limits(
            Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(2), 10_000);
}
