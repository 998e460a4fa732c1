package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.Inject;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.spi.HostResolver;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.ManualTicker;
import io.github.mtgjava.testkit.RecordingOrigin;
import io.github.mtgjava.testkit.SilentPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Where the cloaked site is found, and where it is not looked for. */
class CloakAddressIT {

    private static final byte[] HTTP = "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    @Test
    void theSiteIsShownAlsoWhenItsNameCannotBeLookedUpAnyMore() throws Exception {
        ManualTicker ticker = new ManualTicker();
        AtomicBoolean known = new AtomicBoolean(true);
        AtomicInteger failures = new AtomicInteger();
        try (RecordingOrigin origin = RecordingOrigin.start();
                RunningCase running = RunningCase.start(
                        Mode.TLS,
                        builder -> Inject.ticker(builder, ticker)
                                .cloakAddress(InetSocketAddress.createUnresolved(
                                        "site.test", origin.address().getPort()))
                                .hostResolver(host -> {
                                    if (!known.get()) {
                                        failures.incrementAndGet();
                                        throw new UnknownHostException(host);
                                    }
                                    return List.of(origin.address().getAddress());
                                }))) {
            for (int visit = 0; visit < 4; visit++) {
                try (Socket socket = running.client().openSocket()) {
                    socket.getOutputStream().write(HTTP);
                    assertThat(origin.awaitVisit(visit).awaitBytes(HTTP.length)).isEqualTo(HTTP);
                }
                known.set(false);
                ticker.advance(Duration.ofMinutes(2));
            }
            running.await("it was looked up in vain", () -> failures.get() > 0);
        }
    }

    @Test
    void anAddressOfTheSiteThatIsSilentHoldsUpTheFirstVisitorOnly() throws Exception {
        ManualTicker ticker = new ManualTicker();
        InetAddress second = InetAddress.getByName("127.0.0.2");
        try (RecordingOrigin origin = RecordingOrigin.start();
                SilentPort silent = new SilentPort(
                        new InetSocketAddress(second, origin.address().getPort()));
                RunningCase running = RunningCase.start(
                        Mode.TLS,
                        builder -> Inject.ticker(builder, ticker)
                                .workers(1)
                                .cloakAddress(InetSocketAddress.createUnresolved(
                                        "site.test", origin.address().getPort()))
                                .hostResolver(
                                        host -> List.of(second, origin.address().getAddress())))) {
            try (Socket first = running.client().openSocket()) {
                first.getOutputStream().write(HTTP);
                running.await("it is on its way", () -> running.stats().cloaking() == 1);
                try (FakeClient other = running.client().connect()) {
                    assertThat(other.echo(new byte[1]))
                            .as("the loop has turned")
                            .hasSize(1);
                }
                assertThat(origin.accepted()).as("before " + silent.address()).isZero();
                ticker.advance(Duration.ofMillis(400));
                assertThat(origin.awaitVisit(0).awaitBytes(HTTP.length)).isEqualTo(HTTP);
            }
            // Nobody advances the clock for this one.
            try (Socket next = running.client().openSocket()) {
                next.getOutputStream().write(HTTP);
                assertThat(origin.awaitVisit(1).awaitBytes(HTTP.length)).isEqualTo(HTTP);
            }
        }
    }

    /** Whoever has the name that the secret has, or its DNS, must not choose what strangers see of our network. */
    @Test
    void theSecretsHostLeadsNobodyIntoAPrivateNetwork() throws Exception {
        try (RecordingOrigin internal = RecordingOrigin.start()) {
            int port = internal.address().getPort();
            HostResolver rebound = host -> List.of(internal.address().getAddress());
            try (RunningCase running = RunningCase.start(
                            Mode.TLS, builder -> builder.cloakPort(port).hostResolver(rebound));
                    Socket socket = running.client().openSocket()) {
                socket.getOutputStream().write(HTTP);
                running.await("it is refused", () -> running.refused(RefusalReason.NOT_TLS) == 1);
                running.await("it meets silence", () -> running.stats().cloaking() == 0);
                assertThat(internal.accepted()).isZero();
            }
            // What is given was somebody's wish, also if it is the same name.
            List<String> given = List.of("inside.test", RunningCase.HOST);
            for (int visit = 0; visit < given.size(); visit++) {
                InetSocketAddress wanted = InetSocketAddress.createUnresolved(given.get(visit), port);
                try (RunningCase running = RunningCase.start(
                                Mode.TLS,
                                builder -> builder.cloakAddress(wanted).hostResolver(rebound));
                        Socket socket = running.client().openSocket()) {
                    socket.getOutputStream().write(HTTP);
                    assertThat(internal.awaitVisit(visit).awaitBytes(HTTP.length))
                            .isEqualTo(HTTP);
                }
            }
        }
    }
}
