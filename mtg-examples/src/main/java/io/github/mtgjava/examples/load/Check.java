package io.github.mtgjava.examples.load;

/** How much of what arrives is decrypted and compared. */
enum Check {
    /** Nothing: bytes are only counted. */
    NONE,
    /** The first piece of every stream and then one piece in 32, wherever it stands. */
    SAMPLE,
    /** Every byte. */
    ALL
}
