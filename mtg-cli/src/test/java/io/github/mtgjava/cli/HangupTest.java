package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Sends the signal to the JVM of the tests. */
@Timeout(60)
class HangupTest {

    private static final Signal HUP = new Signal("HUP");

    @Test
    void isWaitedForAndLeftToWhoHandledItBefore() throws InterruptedException, IOException {
        assumeFalse(Signals.isIgnored(Signals.SIGHUP), "a process whose parent ignores SIGHUP, as nohup makes it");
        CountDownLatch others = new CountDownLatch(1);
        SignalHandler original = Signal.handle(HUP, signal -> others.countDown());
        try {
            try (Hangup hangup = Hangup.expected()) {
                Signal.raise(HUP);
                hangup.await();
                Signal.raise(HUP);
                hangup.await();
                assertThat(others.getCount()).isEqualTo(1);
            }
            Signal.raise(HUP);
            assertThat(others.await(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            Signal.handle(HUP, original);
        }
    }
}
