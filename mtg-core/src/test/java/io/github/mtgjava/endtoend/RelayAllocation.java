package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.RecordSizing;
import io.github.mtgjava.Secret;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.Command;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.FakeTelegram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much garbage relaying makes: in a JVM that collects none, as a number. Run by {@code mvn -Pallocation}. Key shares are
 * made ahead in the background for a few seconds, which is no part of it.
 */
class RelayAllocation {

    private static final Logger LOG = LoggerFactory.getLogger(RelayAllocation.class);
    private static final long GB = 1_000_000_000;
    private static final int PACKETS = 1_000_000;
    private static final int PACKET_BYTES = 200;
    private static final int WARM_UP_PACKETS = 50_000;

    /** A few loops' turns; a single object for each packet would be sixteen times as much. */
    private static final long NEXT_TO_NOTHING = 1 << 20;

    @ParameterizedTest
    @CsvSource({"SIMPLE, FULL", "SECURED, FULL", "TLS, FULL", "TLS, DYNAMIC"})
    void relayingAGigabyteAndAMillionPacketsMakesNextToNoGarbage(Mode mode, RecordSizing sizing) throws Exception {
        try (FakeTelegram telegram = FakeTelegram.start()) {
            Process child = start(mode, sizing, telegram.address().getPort());
            try (BufferedReader output =
                    new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
                ClientOptions options = options(mode, Integer.parseInt(output.readLine()));
                awaitSilence(child, output);
                try (FakeClient bulk = options.connect();
                        FakeClient chatty = options.connect()) {
                    bulk.send(Command.source(2 * GB, 1));
                    echo(chatty, WARM_UP_PACKETS);
                    receive(bulk, GB);
                    long before = heap(child, output);
                    receive(bulk, GB);
                    long afterBulk = heap(child, output);
                    echo(chatty, PACKETS);
                    long afterPackets = heap(child, output);
                    LOG.info(
                            "{}, {}: {} bytes allocated for 1 GB down, {} bytes for a million packets there and back",
                            mode,
                            sizing,
                            afterBulk - before,
                            afterPackets - afterBulk);
                    assertThat(afterBulk - before).isLessThan(NEXT_TO_NOTHING);
                    assertThat(afterPackets - afterBulk).isLessThan(NEXT_TO_NOTHING);
                }
            } finally {
                child.destroyForcibly();
                assertThat(child.waitFor(RunningCase.LIMIT.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
            }
        }
    }

    private static ClientOptions options(Mode mode, int port) {
        InetSocketAddress proxy = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return ClientOptions.of(mode, proxy, secret(mode).key(), RunningCase.HOST);
    }

    private static Secret secret(Mode mode) {
        return RunningCase.secretFor(mode);
    }

    private static void receive(FakeClient client, long bytes) throws IOException {
        byte[] chunk = new byte[64 << 10];
        for (long left = bytes; left > 0; ) {
            left -= client.read(chunk, 0, (int) Math.min(chunk.length, left));
        }
    }

    private static void echo(FakeClient client, int packets) throws IOException {
        byte[] packet = new byte[PACKET_BYTES];
        for (int i = 0; i < packets; i++) {
            client.echo(packet);
        }
    }

    /** Until what happens at the start is over. */
    private static void awaitSilence(Process child, BufferedReader output) throws Exception {
        long before = -1;
        for (long now = heap(child, output); now - before > 10_000; now = heap(child, output)) {
            before = now;
            Thread.sleep(500);
        }
    }

    private static long heap(Process child, BufferedReader output) throws IOException {
        OutputStream input = child.getOutputStream();
        input.write('\n');
        input.flush();
        return Long.parseLong(output.readLine());
    }

    private static Process start(Mode mode, RecordSizing sizing, int telegramPort) throws IOException {
        String java = ProcessHandle.current().info().command().orElseThrow();
        return new ProcessBuilder(
                        java,
                        "-XX:+UnlockExperimentalVMOptions",
                        "-XX:+UseEpsilonGC",
                        "-Xlog:disable",
                        // Else a small object hides in a buffer of its thread, and is seen only with the next one.
                        "-XX:-UseTLAB",
                        "-Xms512m",
                        "-Xmx512m",
                        "-cp",
                        DescriptorLimitProxy.classPath(),
                        AllocationProxy.class.getName(),
                        secret(mode).hex(),
                        String.valueOf(telegramPort),
                        sizing.name())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
