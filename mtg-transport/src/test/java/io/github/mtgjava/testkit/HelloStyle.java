package io.github.mtgjava.testkit;

/** Which generation of Telegram clients a ClientHello looks like. */
public enum HelloStyle {
    /** Older clients: padded to exactly 517 bytes, one X25519 key share. */
    CLASSIC,
    /**
     * Current TDLib outside Apple's systems: shuffled extensions, a post-quantum key share of 1216 bytes beside the
     * X25519 one, an ECH-like extension; 1716 bytes plus the host's length plus 0, 32, 64 or 96, as captured from TDLib
     * 1.8.67. (Slightly older ones have 6 bytes less: three signature schemes.)
     */
    MODERN
}
