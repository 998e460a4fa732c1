/**
 * The header by which a load balancer tells whom it speaks for: versions 1 and 2 of haproxy's PROXY protocol
 * (docs/protocol.md, PROXY protocol).
 *
 * <p>Pure state machines over buffers: no sockets, clocks or threads. Hostile input is answered with a status, never
 * with an exception.
 */
@NullMarked
package io.github.mtgjava.transport.proxyprotocol;

import org.jspecify.annotations.NullMarked;
