package io.github.mtgjava.prober;

import java.io.IOException;

/** Something that a prober does. */
@FunctionalInterface
interface Step {

    void take(Wire wire) throws IOException;

    /** Sends each piece as a segment of its own. */
    static Step send(byte[]... pieces) {
        return wire -> {
            for (byte[] piece : pieces) {
                wire.send(piece);
            }
        };
    }

    /** Sends a byte at a time. */
    static Step drip(byte[] bytes) {
        return wire -> {
            for (byte single : bytes) {
                wire.send(new byte[] {single});
            }
        };
    }

    static Step finish() {
        return Wire::finish;
    }

    /** Waits for what comes back so far. */
    static Step listen() {
        return Wire::listen;
    }

    /** Sends on, although the other side has ended. */
    static Step insist() {
        return Wire::insist;
    }

    /** Has the time pass after which a proxy waits no longer for a hello. */
    static Step passDeadline() {
        return Wire::passDeadline;
    }

    /** Resets the connection and opens another one: what came back on the first does not count. */
    static Step resetAndConnectAgain() {
        return Wire::resetAndConnectAgain;
    }
}
