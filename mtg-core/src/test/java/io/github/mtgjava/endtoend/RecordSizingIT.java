package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.Inject;
import io.github.mtgjava.RecordSizing;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.ManualTicker;
import io.github.mtgjava.testkit.MessageClient;
import io.github.mtgjava.testkit.PatternStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long the records are that clients are sent, and that they hold what Telegram sent. Time is moved by hand. */
class RecordSizingIT {

    private static final int FIRST = 1364;
    private static final int STEP = 1369;
    private static final int FULL = 16_401;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ManualTicker ticker = new ManualTicker();
    private final List<Integer> lengths = new ArrayList<>();

    private RunningCase start(RecordSizing sizing, boolean passThrough) throws IOException {
        return RunningCase.start(
                Mode.TLS,
                builder -> Inject.ticker(builder, ticker).recordSizing(sizing).passThrough(passThrough));
    }

    private FakeClient connect(RunningCase running) throws IOException {
        return running.client().withRecordListener(lengths::add).connect();
    }

    /** How much a read brings is the network's business, so most records may be shorter. */
    private void assertGrowingFromAShortOne() {
        assertThat(lengths.get(0)).isEqualTo(FIRST);
        for (int i = 0; i < lengths.size(); i++) {
            assertThat(lengths.get(i)).as("record " + i).isLessThanOrEqualTo(Math.min(FIRST + i * STEP, FULL));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDownloadBeginsWithAShortRecordAndGrows(boolean passThrough) throws Exception {
        try (RunningCase running = start(RecordSizing.DYNAMIC, passThrough);
                FakeClient client = connect(running)) {
            client.download(2_000_000, 1);
            assertGrowingFromAShortOne();
            assertThat(lengths).anyMatch(length -> length > 8 * STEP);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void recordsAreShortAgainAfterAPause(boolean passThrough) throws Exception {
        byte[] bytes = PatternStream.bytes(1, 200_000);
        try (RunningCase running = start(RecordSizing.DYNAMIC, passThrough);
                FakeClient client = connect(running)) {
            for (int i = 0; i < 3; i++) {
                lengths.clear();
                assertThat(client.echo(bytes)).isEqualTo(bytes);
                assertGrowingFromAShortOne();
                ticker.advance(PAUSE);
            }
        }
    }

    @Test
    void recordsStayLongWithoutAPause() throws Exception {
        byte[] bytes = PatternStream.bytes(1, 400_000);
        try (RunningCase running = start(RecordSizing.DYNAMIC, true);
                FakeClient client = connect(running)) {
            client.echo(bytes);
            ticker.advance(PAUSE.minusNanos(1));
            lengths.clear();
            assertThat(client.echo(bytes)).isEqualTo(bytes);
            assertThat(lengths.get(0)).isGreaterThan(FIRST);
        }
    }

    @Test
    void byDefaultRecordsHoldAllThereIs() throws Exception {
        try (RunningCase running = RunningCase.start(Mode.TLS);
                FakeClient client = connect(running)) {
            client.download(2_000_000, 1);
            assertThat(lengths.get(0)).isGreaterThan(FIRST);
        }
    }

    @Test
    void answersOfAMiddleProxyAreCutAlike() throws Exception {
        int message = 100_000;
        try (AdTagCase running = AdTagCase.start(
                        Mode.TLS, builder -> Inject.ticker(builder, ticker).recordSizing(RecordSizing.DYNAMIC));
                MessageClient client =
                        MessageClient.connect(running.options().withRecordListener(lengths::add), (byte) 0xdd)) {
            for (int i = 0; i < 2; i++) {
                lengths.clear();
                client.echo(message);
                assertThat(lengths.subList(0, 11))
                        .containsExactly(FIRST, 2733, 4102, 5471, 6840, 8209, 9578, 10_947, 12_316, 13_685, 15_054);
                // The rest of the message, its length, and up to three bytes of padding.
                assertThat(lengths.get(11)).isBetween(9705, 9708);
                assertThat(lengths).hasSize(12);
                ticker.advance(PAUSE);
            }
        }
    }
}
