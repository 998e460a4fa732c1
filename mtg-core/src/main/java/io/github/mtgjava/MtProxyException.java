package io.github.mtgjava;

import java.io.Serial;
import java.util.Objects;

/**
 * The proxy could not be started, or the lists that it goes by not be loaded. The message says what is wrong and what to do about
 * it; it holds no secret.
 */
public final class MtProxyException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * What kind of failure it is, for programs that try again.
     *
     * <p>Minor releases may add constants: a {@code switch} needs a default.
     */
    public enum Reason {
        /** The address cannot be bound: another process has it, it is none of this machine's, or the port is privileged. */
        CANNOT_LISTEN,
        /** What an ad tag or an allow list needs could not be fetched or read. */
        NOT_LOADED,
        /** The system has no more files or memory for event loops. */
        NO_RESOURCES,
        /** It was stopped, or its thread interrupted, before it had started. */
        STOPPED,
        /** Anything else, such as the failure of a {@link io.github.mtgjava.spi.PublicAddressFinder}. */
        OTHER
    }

    private final Reason reason;

    /** For {@link Reason#OTHER}, with the message to show. */
    public MtProxyException(String message) {
        this(Reason.OTHER, message);
    }

    /** For {@link Reason#OTHER}, with the message to show, and the cause. */
    public MtProxyException(String message, Throwable cause) {
        this(Reason.OTHER, message, cause);
    }

    /** With the message to show. */
    public MtProxyException(Reason reason, String message) {
        super(message);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** With the message to show, and the cause. */
    public MtProxyException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** What kind of failure it is. */
    public Reason reason() {
        return reason;
    }
}
