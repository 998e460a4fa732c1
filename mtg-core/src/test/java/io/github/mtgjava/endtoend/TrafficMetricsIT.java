package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.Command;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.RecordingOrigin;
import io.github.mtgjava.testkit.Visit;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Traffic is what went over clients' sockets, to the byte, and what is held is what could not. */
class TrafficMetricsIT {

    /** More than all socket buffers on the way can hold. */
    private static final long MUCH = 64L << 20;

    private final Meters meters = new Meters();

    private double ingress() {
        return meters.value("traffic", "direction", "ingress");
    }

    private double egress() {
        return meters.value("traffic", "direction", "egress");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void trafficIsWhatTheClientsSocketsSentAndReceived(Mode mode) throws Exception {
        try (RunningCase running = RunningCase.start(mode, builder -> builder.addObserver(meters.observer()));
                WireTap tap = WireTap.before(running.proxy.address())) {
            ClientOptions options = ClientOptions.of(mode, tap.address(), running.secret.key(), RunningCase.HOST);
            assertThat(ingress() + egress()).isZero();
            try (FakeClient client = options.connect()) {
                client.echo(new byte[100_000]);
            }
            try (FakeClient client = options.connect()) {
                client.upload(1_000_000, 3);
            }
            try (FakeClient client = options.connect()) {
                client.downloadToEnd(2_000_000, 4);
            }
            running.await("all is over", () -> meters.total("closed") == 3);
            assertThat(ingress()).isEqualTo(tap.sent());
            assertThat(egress()).isEqualTo(tap.received());
            assertThat(ingress()).isGreaterThan(1_100_000);
            assertThat(egress()).isGreaterThan(2_100_000);
        }
    }

    @Test
    void whatASiteIsSentAndAnswersIsTraffic() throws Exception {
        try (RecordingOrigin origin = RecordingOrigin.start();
                RunningCase running = RunningCase.start(
                        Mode.TLS,
                        builder -> builder.cloakAddress(origin.address()).addObserver(meters.observer()))) {
            try (Socket socket = running.client().openSocket()) {
                byte[] first = new byte[3_000];
                socket.getOutputStream().write(first);
                Visit visit = origin.awaitVisit(0);
                visit.awaitBytes(first.length);
                socket.getOutputStream().write(new byte[70_000]);
                visit.awaitBytes(73_000);
                visit.send(new byte[40_000]);
                visit.finish();
                assertThat(socket.getInputStream().readAllBytes()).hasSize(40_000);
            }
            running.await("it is over", () -> meters.value("closed", "reason", "refused") == 1);
            assertThat(ingress()).isEqualTo(73_000);
            assertThat(egress()).isEqualTo(40_000);
        }
    }

    @Test
    void whatSilenceSwallowsIsTrafficToo() throws Exception {
        try (RunningCase running = RunningCase.start(Mode.SECURED, builder -> builder.addObserver(meters.observer()));
                Socket socket = running.client().openSocket()) {
            socket.getOutputStream().write(new byte[64]);
            running.events.awaitEvent("refused 1 BAD_FRAME");
            socket.getOutputStream().write(new byte[1_000]);
            running.await("it is swallowed", () -> ingress() == 1_064);
            assertThat(egress()).isZero();
        }
    }

    @Test
    void whatASlowReaderHasNotTakenIsHeldUntilItDoes() throws Exception {
        try (RunningCase running = RunningCase.start(Mode.TLS, builder -> builder.addObserver(meters.observer()));
                FakeClient client = running.client().connect()) {
            assertThat(meters.value("buffered")).isZero();
            client.send(Command.source(MUCH, 5));
            running.await("bytes are held", () -> meters.value("buffered") > 0);
            client.receive(MUCH, 5);
            running.await("nothing is held any more", () -> meters.value("buffered") == 0);
        }
    }

    @Test
    void whatIsHeldForWhoIsGoneIsLetGo() throws IOException {
        try (RunningCase running = RunningCase.start(Mode.SIMPLE, builder -> builder.addObserver(meters.observer()));
                FakeClient client = running.client().connect()) {
            client.send(Command.source(MUCH, 5));
            running.await("bytes are held", () -> meters.value("buffered") > 0);
            client.reset();
            running.await("nothing is held any more", () -> meters.value("buffered") == 0);
        }
    }
}
