/**
 * The protocol between a proxy and Telegram's middle proxies: the list of them, the nonce exchange, the keys, the frames
 * and the messages inside the frames (docs/protocol.md, Middle proxies).
 *
 * <p>Pure state machines over buffers: no sockets, clocks or threads. Hostile input is answered with a status, never
 * with an exception.
 */
@NullMarked
package io.github.mtgjava.transport.middleproxy;

import org.jspecify.annotations.NullMarked;
