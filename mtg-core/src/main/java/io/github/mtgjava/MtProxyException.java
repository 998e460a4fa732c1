package io.github.mtgjava;

import java.io.Serial;

/** The proxy could not be started. The message says what is wrong and what to do about it. */
public final class MtProxyException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** With the message to show. */
    public MtProxyException(String message) {
        super(message);
    }

    /** With the message to show, and the cause. */
    public MtProxyException(String message, Throwable cause) {
        super(message, cause);
    }
}
