package io.github.mtgjava;

/**
 * Why a link to a middle proxy ended. Its clients move to another one. Minor releases may add constants: a {@code switch} needs a
 * default.
 */
public enum LinkCloseReason {
    /** It had no clients for the idle time. */
    IDLE,
    /** Telegram closed it, as it does with every link after a minute or so. */
    CLOSED_BY_TELEGRAM,
    /** Telegram reset it, or vanished. */
    RESET,
    /** Telegram sent what is no frame: the stream is out of step. */
    BAD_FRAME,
    /** Telegram took nothing of what we had for it, or did not answer a ping, for too long. */
    STALLED,
    /** The proxy was stopped. */
    PROXY_STOPPED
}
