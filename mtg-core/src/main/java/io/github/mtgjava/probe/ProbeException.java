package io.github.mtgjava.probe;

import java.io.IOException;
import java.util.Objects;

/** Why a probe got no good answer: a {@link Fault} for programs, a message for operators. No message holds a secret. */
public final class ProbeException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * What went wrong, from the first packet to the last.
     *
     * <p>Minor releases may add constants: a {@code switch} needs a default.
     */
    public enum Fault {
        /** No TCP connection: refused, unreachable, filtered. */
        CANNOT_CONNECT,
        /** Connected, but the answer did not come in time. */
        TIMED_OUT,
        /** The other side ended the connection before the answer was complete. */
        CLOSED,
        /** The other side reset the connection. */
        RESET,
        /** There was an answer, but not one that the protocol allows. */
        BAD_ANSWER
    }

    private final Fault fault;

    /**
     * A failure without a deeper cause.
     *
     * @param message what happened, in words that help an operator
     */
    public ProbeException(Fault fault, String message) {
        super(message);
        this.fault = Objects.requireNonNull(fault, "fault");
    }

    /**
     * A failure with its cause.
     *
     * @param message what happened, in words that help an operator
     */
    public ProbeException(Fault fault, String message, IOException cause) {
        super(message, cause);
        this.fault = Objects.requireNonNull(fault, "fault");
    }

    /** What kind of failure this is. */
    public Fault fault() {
        return fault;
    }
}
