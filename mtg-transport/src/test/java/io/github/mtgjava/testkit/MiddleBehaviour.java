package io.github.mtgjava.testkit;

/** How a {@link FakeMiddleProxy} treats a new link. */
public enum MiddleBehaviour {
    /** As Telegram does: a nonce answer of 44 bytes, then whatever is asked. */
    NORMAL,
    /** The nonce answer has 48 bytes. */
    PADDED_NONCE,
    /** Takes the connection and says nothing. */
    SILENT,
    /** Answers the nonce and says nothing more. */
    SILENT_AFTER_NONCE,
    /** Closes at once. */
    CLOSES,
    /** Closes instead of answering the handshake, as Telegram does if the keys differ. */
    CLOSES_AFTER_NONCE,
    /** Means another secret. */
    WRONG_SELECTOR,
    /** Wants no encryption. */
    WRONG_SCHEMA,
    /** Its clock is a minute ahead. */
    FAST_CLOCK,
    /** Its clock is a minute behind. */
    SLOW_CLOCK,
    /** Its nonce has a wrong checksum. */
    BAD_NONCE,
    /** Answers the handshake with error −4. */
    HANDSHAKE_ERROR,
    /** Answers somebody else's handshake. */
    WRONG_PEER,
    /** Sends noise instead of its handshake. */
    GARBAGE,
    /** Everything comes byte by byte. */
    ONE_BYTE_SEGMENTS,
    /** Padding comes before frames, and the answers of a burst follow each other without any. */
    PADDING_FIRST,
    /** The handshake is fine, but no request is ever answered, nor a ping. */
    DEAF,
    /** The handshake is fine, but then nothing is read. */
    NOT_READING,
    /** Closes right behind the handshake. */
    STILLBORN
}
