package io.github.mtgjava.transport.middleproxy;

/** Why a {@link LinkHandshake} failed. */
public enum LinkFault {
    /** The answer to our nonce is no frame of this protocol. */
    GARBAGE,
    /** They mean another proxy secret. */
    WRONG_SECRET,
    /** They want no encryption that we know. */
    NO_ENCRYPTION,
    /** Their clock and ours are more than 30 seconds apart. */
    CLOCK,
    /** Their first encrypted frame makes no sense: the two sides have different keys, so look at addresses and secret. */
    KEYS,
    /** They answered our handshake with an error: see {@link LinkHandshake#refusalCode}. */
    REFUSED,
    /** Their handshake does not answer ours. */
    WRONG_PEER
}
