/**
 * Reaching somebody through a SOCKS5 server, as its client: RFC 1928 (CONNECT) with RFC 1929 (user and password).
 *
 * <p>Pure code: no sockets, no clocks, no threads.
 */
@NullMarked
package io.github.mtgjava.transport.socks5;

import org.jspecify.annotations.NullMarked;
