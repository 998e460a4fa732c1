/**
 * The cryptographic pieces of the MTProto proxy protocol, on the JDK's own providers: AES-256-CTR keystreams,
 * HMAC-SHA256 and SHA-256, X25519 public keys, constant-time comparison and injectable randomness.
 *
 * <p>Nothing here knows of sockets, threads, clocks or protocols. Objects that hold state (a keystream) belong to one
 * thread at a time; static methods may be called from anywhere.
 */
@NullMarked
package io.github.mtgjava.crypto;

import org.jspecify.annotations.NullMarked;
