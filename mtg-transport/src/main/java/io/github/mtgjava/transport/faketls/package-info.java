/**
 * FakeTLS: reading a TLS ClientHello whose random field authenticates a Telegram client, answering it with a flight
 * that looks like a TLS 1.3 server's, and carrying bytes in TLS application-data records afterwards. And the client's side:
 * writing such a hello, and reading the answer of a proxy or of any other TLS server.
 *
 * <p>Pure state machines over buffers: no sockets, clocks or threads. Hostile input is answered with a status, never
 * with an exception, and every length is checked before anything is read or allocated.
 */
@NullMarked
package io.github.mtgjava.transport.faketls;

import org.jspecify.annotations.NullMarked;
