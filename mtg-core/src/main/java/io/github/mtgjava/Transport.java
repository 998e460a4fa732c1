package io.github.mtgjava;

/**
 * How a client frames its packets on the way to Telegram: one of MTProto's transport protocols that proxies carry. It says so in
 * its handshake. Later versions may know more.
 */
public enum Transport {
    /** Each length counts words of four bytes, in one byte or four. Allowed with a {@link SecretType#SIMPLE} secret only. */
    ABRIDGED,

    /** Each length counts bytes, in four bytes. Allowed with a {@link SecretType#SIMPLE} secret only. */
    INTERMEDIATE,

    /** As {@link #INTERMEDIATE}, with random bytes behind each packet: what today's clients speak. */
    PADDED_INTERMEDIATE
}
