package io.github.mtgjava;

/**
 * Why a link to a middle proxy did not come about. Minor releases may add constants: a {@code switch} needs a default.
 */
public enum LinkFailureReason {
    /** No middle proxy of the DC is known any more. */
    NO_ADDRESS,
    /** No address of the DC could be connected in time. */
    UNREACHABLE,
    /** The SOCKS5 server does not tell at which address and port Telegram sees us, without which there are no keys. */
    UNKNOWN_ADDRESS,
    /** A middle proxy took the connection and did not finish the handshake in time. */
    TIMEOUT,
    /** A middle proxy closed the connection during the handshake: check public address, NAT and clock. */
    CLOSED,
    /** The answer to our nonce is no frame of this protocol. */
    GARBAGE,
    /** The middle proxy has another proxy secret than we. */
    WRONG_SECRET,
    /** The middle proxy wants no encryption that we know. */
    NO_ENCRYPTION,
    /** Its clock and ours are more than 30 seconds apart. */
    CLOCK,
    /** Its first encrypted frame cannot be read: check public address, NAT, secret and clock. */
    KEYS,
    /** It answered our handshake with an error. */
    REFUSED,
    /** Its handshake is not the answer to ours. */
    WRONG_PEER
}
