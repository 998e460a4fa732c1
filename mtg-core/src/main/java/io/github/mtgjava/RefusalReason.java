package io.github.mtgjava;

/**
 * Why a connection was not let in. The same words stand in events, logs, metrics and documents. Nothing a client can
 * see depends on them: with a TLS secret everything up to the ServerHello ends at the cloaked site.
 *
 * <p>Minor releases may add constants: a {@code switch} needs a default.
 */
public enum RefusalReason {
    /** The first bytes are no TLS handshake record (plain HTTP, a port scan, a client with another kind of secret). */
    NOT_TLS,
    /** It began like TLS, but is no ClientHello of acceptable shape and size. */
    MALFORMED_HELLO,
    /** A ClientHello that was not made with the secret: a browser, a probe, a client with an old secret. */
    BAD_DIGEST,
    /** Made with the secret, but the client's clock and ours differ by more than the tolerated skew. */
    CLOCK_SKEW,
    /** Made with the secret, but it asks for another host than the secret's, or for none. */
    WRONG_SNI,
    /** Made with the secret, but it offers no TLS 1.3 cipher suite or no key share that we could answer. */
    UNSUPPORTED_HELLO,
    /** The handshake was seen before. */
    REPLAY,
    /** The replay cache failed, so the handshake had to be treated as seen before. */
    REPLAY_CACHE_FAILED,
    /** The obfuscated2 frame decrypts to no known transport: noise, or another secret. */
    BAD_FRAME,
    /** The transport is known but not allowed with this kind of secret. */
    FORBIDDEN_TRANSPORT,
    /** After a good ClientHello came something else than application-data records. */
    BAD_RECORD,
    /** The client ended its side before the handshake was complete. */
    TRUNCATED,
    /** The handshake was not complete in time. */
    HANDSHAKE_TIMEOUT,
    /** There are as many connections as are allowed. */
    CONNECTION_LIMIT,
    /**
     * So much is held for slow peers that whoever comes now might end those who are here; or the client has sent a part of its
     * handshake, and too many others have done the same.
     */
    MEMORY_SHORT,
    /**
     * The client filter does not want the address, as it is on a block list, or there are allow lists and it is on none; or the
     * filter failed.
     */
    BLOCKED,
    /** The client's address has as many connections as one may have. */
    ADDRESS_LIMIT,
    /** There are as many handshakes in progress as are allowed. */
    HANDSHAKE_LIMIT,
    /** More handshakes begin than are allowed in a second. */
    HANDSHAKE_RATE,
    /** From where a load balancer tells clients' addresses came something else than a header of the PROXY protocol. */
    BAD_PROXY_HEADER;

    /**
     * Whether nobody who has the right secret and a good line does this: a prober, a scanner, a browser on its way to the cloaked
     * site, or a client with another secret. A wrong clock, a slow line and what the proxy's limits refuse are not suspicious.
     */
    public boolean isSuspicious() {
        return switch (this) {
            case NOT_TLS, MALFORMED_HELLO, BAD_DIGEST, WRONG_SNI, REPLAY, BAD_FRAME -> true;
            default -> false;
        };
    }
}
