package io.github.mtgjava.transport.faketls;

/** The key-exchange groups that a TLS 1.3 server of today picks for a Telegram client. */
public enum KeyShareGroup {
    /** Elliptic curves alone. */
    X25519(0x001d, 32, 32),

    /** The post-quantum hybrid: an ML-KEM-768 key or ciphertext, then an X25519 key. */
    X25519_MLKEM768(0x11ec, 1216, 1120);

    private final int code;
    private final int clientShareBytes;
    private final int serverShareBytes;

    KeyShareGroup(int code, int clientShareBytes, int serverShareBytes) {
        this.code = code;
        this.clientShareBytes = clientShareBytes;
        this.serverShareBytes = serverShareBytes;
    }

    /**
     * The number of the group in TLS.
     *
     * @return an unsigned 16-bit value
     */
    public int code() {
        return code;
    }

    /**
     * Length of the share in a ClientHello.
     *
     * @return bytes
     */
    public int clientShareBytes() {
        return clientShareBytes;
    }

    /**
     * Length of the share in a ServerHello.
     *
     * @return bytes
     */
    public int serverShareBytes() {
        return serverShareBytes;
    }
}
