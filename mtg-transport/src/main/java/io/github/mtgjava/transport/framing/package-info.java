/**
 * How MTProto messages are delimited in a client's stream: abridged, intermediate and padded intermediate packets, both
 * ways, with quick acknowledgements (docs/protocol.md, Packets).
 *
 * <p>Pure state machines over buffers: no sockets, clocks or threads. Hostile input is answered with a status, never
 * with an exception.
 */
@NullMarked
package io.github.mtgjava.transport.framing;

import org.jspecify.annotations.NullMarked;
