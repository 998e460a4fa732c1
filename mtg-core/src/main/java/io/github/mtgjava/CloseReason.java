package io.github.mtgjava;

/**
 * Why a connection ended. Every accepted connection ends with exactly one of these. Minor releases may add constants: a {@code
 * switch} needs a default.
 */
public enum CloseReason {
    /** The client closed first. */
    CLIENT_CLOSED,
    /** The client reset the connection or vanished. */
    CLIENT_RESET,
    /** Telegram closed first, or with an ad tag said that it is done; what it had sent was delivered before. */
    TELEGRAM_CLOSED,
    /** Telegram reset the connection or vanished. */
    TELEGRAM_RESET,
    /** No address of the DC could be connected in time; with an ad tag: no middle proxy gave us a link in time. */
    TELEGRAM_UNREACHABLE,
    /** The client asked for a DC that nobody knows: not the directory, or with an ad tag not Telegram's list. */
    UNKNOWN_DC,
    /** No byte went either way for the idle time-out. */
    IDLE_TIMEOUT,
    /** An admitted client sent something else than application-data records. */
    BAD_RECORD,
    /** With an ad tag: an admitted client sent what is no message of its transport, or one that is too long. */
    BAD_PACKET,
    /** With an ad tag: the client did not take what Telegram had for it, and too much was held for it. */
    SLOW_READER,
    /**
     * So much was held for all clients together that this one had to go: it was the one that had taken nothing, or left its
     * message incomplete, for longest, or there was no other to make room for what it sent.
     */
    BUFFERS_FULL,
    /** The connection was not let in, and is over; its {@link RefusalReason} says why. */
    REFUSED,
    /** The proxy was stopped, whether the connection had been let in or was still being refused. */
    PROXY_STOPPED,
    /** A fault of the proxy's own or of its directory of Telegram; the first of each kind is logged as an error. */
    INTERNAL_ERROR
}
