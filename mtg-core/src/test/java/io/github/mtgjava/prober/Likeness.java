package io.github.mtgjava.prober;

/** In what two answers have to agree. */
enum Likeness {
    /** In every byte. */
    BYTES,
    /**
     * TLS records: in their order, types, versions and lengths, and in what alerts say; everything else: in every byte,
     * but for the time of day.
     */
    STRUCTURE
}
