package io.github.mtgjava.examples.load;

import java.util.Locale;

/** What can be measured. */
enum Scenario {
    /** All connections download. */
    DOWN,
    /** All connections upload. */
    UP,
    /** On every connection one message goes to the DC and back, and then the next one. */
    ECHO,
    /** Clients connect, shake hands, have one byte echoed, and go; so many at a time. */
    CONNECT,
    /** All connections shake hands and have one byte echoed, and then do nothing. */
    IDLE;

    /** How much there is to do unless an option says it: bytes, messages, handshakes. */
    long defaultAmount() {
        return switch (this) {
            case DOWN, UP -> 1_000_000_000;
            case ECHO -> 100_000;
            case CONNECT -> 5_000;
            case IDLE -> 0;
        };
    }

    /** The option that says how much there is to do. */
    String amountOption() {
        return switch (this) {
            case DOWN, UP -> "bytes";
            case ECHO -> "messages";
            case CONNECT -> "handshakes";
            case IDLE -> "";
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
