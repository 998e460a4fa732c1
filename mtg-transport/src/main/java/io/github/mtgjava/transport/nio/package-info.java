/**
 * TCP on {@code java.nio}: event loops, an acceptor, connections with back-pressure, dialling and timers.
 *
 * <p>Everything but {@link io.github.mtgjava.transport.nio.EventLoop#execute} is confined to the thread of its loop.
 * Nothing here knows any protocol.
 */
@NullMarked
package io.github.mtgjava.transport.nio;

import org.jspecify.annotations.NullMarked;
