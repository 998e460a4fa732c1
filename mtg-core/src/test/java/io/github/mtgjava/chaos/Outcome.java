package io.github.mtgjava.chaos;

/** How a client's connection ended, as the client sees it. */
enum Outcome {
    /** It got everything that it wanted, and the end that it expected. */
    COMPLETE,
    /** It was shown the site instead of being let in, all of what it had sent and an orderly end. */
    CLOAKED,
    /** It went by itself before all was done. */
    LEFT,
    /** It was cut off. */
    LOST
}
