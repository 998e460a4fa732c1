package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sends the signal to the JVM of the tests, which it would end otherwise. */
@Timeout(60)
class HangupTest {

    private static void raise() throws IOException, InterruptedException {
        Signals.send("HUP", ProcessHandle.current().pid());
    }

    @Test
    void comesToWhoExpectsItAndAfterwardsToWhoDidBefore() throws IOException, InterruptedException {
        assumeFalse(Signals.isIgnored(Signals.SIGHUP), "a process whose parent ignores SIGHUP, as nohup makes it");
        try (Hangup outer = Hangup.expected()) {
            try (Hangup inner = Hangup.expected()) {
                raise();
                inner.await();
                raise();
                inner.await();
            }
            raise();
            assertThatCode(outer::await).doesNotThrowAnyException();
        }
    }
}
