package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.Inject;
import io.github.mtgjava.MtProxyBuilder;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.ManualTicker;
import io.github.mtgjava.testkit.RecordingOrigin;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever sends half a hello takes memory, and all of them together take no more than they may. */
@Timeout(120)
class PreludeMemoryIT {

    /** What begins a hello of 16 KB. */
    private static final byte[] BEGINNING = HexFormat.of().parseHex("1603014000" + "01003ffc" + "0303");

    private static final int PART_BYTES = 16_000;

    /** So many of these are within what may be taken, one more is not, and another one is far beyond. */
    private static final int ENOUGH = 4;

    private static final UnaryOperator<MtProxyBuilder> SMALL = builder -> builder.maxBufferedBytes(1 << 20);

    private final ManualTicker ticker = new ManualTicker();
    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void closeSockets() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private RunningCase before(RecordingOrigin origin) throws IOException {
        return RunningCase.start(
                Mode.TLS, builder -> Inject.ticker(SMALL.apply(builder), ticker).cloakAddress(origin.address()));
    }

    /** Sends half a hello, and waits until it is read. */
    private Socket sendPart(RunningCase running) throws IOException {
        long before = running.stats().bytesFromClients();
        Socket socket = running.client().openSocket();
        sockets.add(socket);
        socket.getOutputStream().write(Arrays.copyOf(BEGINNING, PART_BYTES));
        running.await("it is read", () -> running.stats().bytesFromClients() == before + PART_BYTES);
        return socket;
    }

    private void fill(RunningCase running) throws IOException {
        for (int i = 0; i < ENOUGH; i++) {
            sendPart(running);
        }
    }

    private static void assertServed(RunningCase running) throws IOException {
        try (FakeClient client = running.client().connect()) {
            assertThat(client.echo(new byte[10])).hasSize(10);
        }
        byte[] hello = running.client().clientHello();
        long before = running.stats().bytesFromClients();
        try (Socket inTwoPackets = running.client().openSocket()) {
            inTwoPackets.getOutputStream().write(hello, 0, 400);
            running.await("half of it is read", () -> running.stats().bytesFromClients() == before + 400);
            inTwoPackets.getOutputStream().write(hello, 400, hello.length - 400);
            Hellos.readFlight(inTwoPackets);
        }
    }

    @Test
    void whoeverIsOneTooManySeesTheSiteAndGenuineClientsAreServed() throws Exception {
        try (RecordingOrigin origin = RecordingOrigin.start();
                RunningCase running = before(origin)) {
            fill(running);
            assertThat(running.stats().handshakes()).isEqualTo(ENOUGH);
            sendPart(running);
            running.events.awaitEvent("cloaked " + (ENOUGH + 1) + " MEMORY_SHORT");
            assertThat(origin.awaitVisit(0).awaitBytes(PART_BYTES)).isEqualTo(Arrays.copyOf(BEGINNING, PART_BYTES));
            assertServed(running);
            assertThat(running.refused(RefusalReason.MEMORY_SHORT)).isEqualTo(1);
        }
    }

    @Test
    void howeverTheyEndTheyGiveItBack() throws Exception {
        try (RecordingOrigin origin = RecordingOrigin.start();
                RunningCase running = before(origin)) {
            fill(running);
            ticker.advance(Duration.ofSeconds(11));
            running.await("the site has them", () -> running.refused(RefusalReason.HANDSHAKE_TIMEOUT) == ENOUGH);
            fill(running);
            closeSockets();
            running.await("all are gone", () -> running.stats().handshakes() == 0);
            fill(running);
            assertThat(running.stats().handshakes()).isEqualTo(ENOUGH);
            assertThat(running.refused(RefusalReason.MEMORY_SHORT)).isZero();
        }
    }

    @Test
    void whereTheSiteLetsThemWaitFarTooManyAreClosedAtOnce() throws Exception {
        CountDownLatch dead = new CountDownLatch(1);
        try (RunningCase running = RunningCase.start(
                Mode.TLS,
                builder -> SMALL.apply(Inject.ticker(builder, ticker))
                        .cloakAddress(InetSocketAddress.createUnresolved("origin.test", 443))
                        .hostResolver(host -> {
                            await(dead);
                            throw new UnknownHostException(host);
                        }))) {
            fill(running);
            sendPart(running);
            running.events.awaitEvent("refused " + (ENOUGH + 1) + " MEMORY_SHORT");
            try (Socket tooMuch = sendPart(running)) {
                assertThat(tooMuch.getInputStream().read()).isEqualTo(-1);
            }
            assertServed(running);
            // Those who wait for the site meet silence after five seconds.
            ticker.advance(Duration.ofSeconds(6));
            running.await("they wait no longer", () -> running.stats().cloaking() == 0);
            sendPart(running);
            assertThat(running.stats().cloaking()).isEqualTo(1);
        } finally {
            dead.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
