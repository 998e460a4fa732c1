package io.github.mtgjava.transport.middleproxy;

import java.util.Arrays;

/**
 * What all proxies and middle proxies share, as Telegram's site hands it out. It goes into the keys of links. Immutable.
 */
public final class ProxySecret {

    /** Shorter than this is none. */
    public static final int MIN_BYTES = 32;

    /** Longer than this is none. */
    public static final int MAX_BYTES = 256;

    static final int SELECTOR_BYTES = 4;

    private final byte[] bytes;

    private ProxySecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * From the bytes of the document, of which none is to be trimmed.
     *
     * @throws IllegalArgumentException if there are too few or too many
     */
    public static ProxySecret of(byte[] bytes) {
        if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a proxy secret has " + MIN_BYTES + " to " + MAX_BYTES + " bytes, not " + bytes.length);
        }
        return new ProxySecret(bytes.clone());
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** By which each side shows the other which secret it means. */
    byte[] keySelector() {
        return Arrays.copyOf(bytes, SELECTOR_BYTES);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProxySecret secret && Arrays.equals(bytes, secret.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Its length only. */
    @Override
    public String toString() {
        return "ProxySecret[" + bytes.length + " bytes, redacted]";
    }
}
