/**
 * obfuscated2: the 64-byte frame that opens a stream and keys its two AES-256-CTR ciphers; from a client (keyed with
 * the secret) and towards a Telegram DC (without it). Both ends of the former are here.
 *
 * <p>Pure state machines over buffers: no sockets, clocks or threads. Hostile input is answered with a status, never
 * with an exception.
 */
@NullMarked
package io.github.mtgjava.transport.obfuscated2;

import org.jspecify.annotations.NullMarked;
