package io.github.mtgjava;

/** Why a connection ended. Every accepted connection ends with exactly one of these. */
public enum CloseReason {
    /** The client closed first. */
    CLIENT_CLOSED,
    /** The client reset the connection or vanished. */
    CLIENT_RESET,
    /** Telegram closed first; what it had sent was delivered before. */
    TELEGRAM_CLOSED,
    /** Telegram reset the connection or vanished. */
    TELEGRAM_RESET,
    /** No address of the DC could be connected in time. */
    TELEGRAM_UNREACHABLE,
    /** The client asked for a DC that the directory does not know. */
    UNKNOWN_DC,
    /** No byte went either way for the idle time-out. */
    IDLE_TIMEOUT,
    /** An admitted client sent something else than application-data records. */
    BAD_RECORD,
    /** The connection was not let in; its {@link RejectReason} says why. */
    REFUSED,
    /** The proxy was stopped. */
    PROXY_STOPPED,
    /** A fault of the proxy's own, logged as an error. */
    INTERNAL_ERROR
}
