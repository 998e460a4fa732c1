package io.github.mtgjava.chaos;

/** What goes wrong. */
enum Fault {
    /** Nobody listens where Telegram is. */
    TELEGRAM_REFUSES,
    /** Half of the connections to Telegram are reset, and every new one. */
    TELEGRAM_RESETS,
    /** Telegram accepts, and reads nothing. */
    TELEGRAM_STALLS,
    /** Nobody listens where the cloaked site is. */
    SITE_REFUSES,
    /** Half of the connections to the site are reset, and every new one. */
    SITE_RESETS,
    /** The site accepts, and reads nothing. */
    SITE_STALLS,
    /** The process has no descriptor left. */
    NO_DESCRIPTORS,
    /** The proxy's time of day is an hour off. */
    CLOCK_JUMPED
}
