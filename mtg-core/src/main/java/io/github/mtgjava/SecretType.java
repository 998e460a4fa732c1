package io.github.mtgjava;

/** The three kinds of secrets, and with them the three ways in which a client may connect. */
public enum SecretType {
    /** 16 bytes: obfuscated2 with any of the three transports. */
    SIMPLE,
    /** {@code dd} and 16 bytes: obfuscated2 with the padded intermediate transport only. */
    SECURED,
    /** {@code ee}, 16 bytes and a host name: FakeTLS, cloaking that host. */
    TLS
}
