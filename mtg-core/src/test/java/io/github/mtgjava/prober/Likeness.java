package io.github.mtgjava.prober;

import java.time.Duration;

/** In what two answers have to agree. */
enum Likeness {
    /** In every byte. Whoever answers so ends when it is told to, so that nothing can be missed by a look too short. */
    BYTES(Duration.ofMillis(20)),
    /**
     * TLS records: in their order, types, versions and lengths, and in what alerts say; everything else: in every byte,
     * but for the time of day.
     */
    STRUCTURE(Duration.ofMillis(100));

    private final Duration patience;

    Likeness(Duration patience) {
        this.patience = patience;
    }

    /** After so long without a byte it may be thought that no more will come. */
    Duration patience() {
        return patience;
    }
}
