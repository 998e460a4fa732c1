package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.Inject;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.Secret;
import io.github.mtgjava.SecretType;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.ManualTicker;
import io.github.mtgjava.testkit.MessageClient;
import io.github.mtgjava.testkit.RecordingOrigin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A secret is changed while clients of the old one are there, come, and are about to be let in. */
@Timeout(120)
class SecretChangeIT {

    private static final Duration HOUR = Duration.ofHours(1);

    private static Secret another(Mode mode) {
        return switch (mode) {
            case SIMPLE -> Secret.generate(SecretType.SIMPLE);
            case SECURED -> Secret.generate(SecretType.SECURED);
            case TLS -> Secret.generateTls(RunningCase.HOST);
        };
    }

    private static void assertServed(ClientOptions options) throws IOException {
        try (FakeClient client = options.connect()) {
            assertThat(client.echo(new byte[5000])).hasSize(5000);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void bothWorkUntilTheOverlapHasPassedAndThenTheOldOneIsAStrangers(Mode mode) throws Exception {
        Secret next = another(mode);
        try (Cloaked cloaked = new Cloaked(mode)) {
            RunningCase running = cloaked.running;
            cloaked.assertStranger(running.client(next));
            assertThat(running.proxy.changeSecret(next, HOUR)).isTrue();
            assertThat(running.proxy.links().toJson()).contains(next.hex()).doesNotContain(running.secret.hex());
            assertServed(running.client(next));
            assertServed(running.client());
            cloaked.ticker.advance(HOUR.minusSeconds(1));
            assertServed(running.client());
            cloaked.ticker.advance(Duration.ofSeconds(1));
            cloaked.assertStranger(running.client());
            assertServed(running.client(next));
        }
    }

    @ParameterizedTest
    @CsvSource({"SIMPLE,true", "SIMPLE,false", "SECURED,true", "SECURED,false", "TLS,true", "TLS,false"})
    void whoIsInStaysInWithWhicheverSecretTheyCame(Mode mode, boolean passThrough) throws Exception {
        try (RunningCase running = RunningCase.start(mode, builder -> builder.passThrough(passThrough));
                FakeClient first = running.client().connect()) {
            assertThat(first.echo(new byte[100])).hasSize(100);
            Secret second = another(mode);
            running.proxy.changeSecret(second, Duration.ZERO);
            try (FakeClient between = running.client(second).connect()) {
                assertThat(between.echo(new byte[100])).hasSize(100);
                running.proxy.changeSecret(another(mode), Duration.ZERO);
                assertThat(first.echo(new byte[100_000])).hasSize(100_000);
                assertThat(between.echo(new byte[100_000])).hasSize(100_000);
            }
            running.await("the one ends as it likes", () -> running.closed(CloseReason.CLIENT_CLOSED) == 1);
            assertThat(running.stats().relaying()).isEqualTo(1);
        }
    }

    @Test
    void whoIsOnALinkStaysOnIt() throws Exception {
        try (AdTagCase running = AdTagCase.start(Mode.TLS);
                MessageClient client = running.client(ClientOptions.PADDED, 2)) {
            client.echo(1000);
            running.proxy.changeSecret(another(Mode.TLS), Duration.ZERO);
            client.echo(1000);
            assertThat(running.stats().relaying()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void withoutAnOverlapTheOldOneIsAStrangersAtOnce(Mode mode) throws Exception {
        try (Cloaked cloaked = new Cloaked(mode)) {
            Secret next = another(mode);
            cloaked.running.proxy.changeSecret(next, Duration.ZERO);
            cloaked.assertStranger(cloaked.running.client());
            assertServed(cloaked.running.client(next));
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void ofMoreThanFourTheOldestIsAStrangers(Mode mode) throws Exception {
        try (Cloaked cloaked = new Cloaked(mode)) {
            Secret[] later = new Secret[4];
            for (int i = 0; i < later.length; i++) {
                assertServed(cloaked.running.client());
                later[i] = another(mode);
                cloaked.running.proxy.changeSecret(later[i], HOUR);
            }
            for (Secret secret : later) {
                assertServed(cloaked.running.client(secret));
            }
            cloaked.assertStranger(cloaked.running.client());
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void whatIsReplayedIsNoticedWhicheverSecretItWasMadeWith(Mode mode) throws Exception {
        try (Cloaked cloaked = new Cloaked(mode)) {
            ClientOptions recorded = cloaked.running.client().withSeed(3);
            assertServed(recorded);
            cloaked.running.proxy.changeSecret(another(mode), HOUR);
            cloaked.assertCloaked(first(recorded, mode), RefusalReason.REPLAY);
        }
    }

    /** A frame, or a hello, of which half was there before the change. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void whatIsHalfThereCountsByWhatIsValidWhenItIsComplete(Mode mode) throws Exception {
        Secret next = another(mode);
        try (Cloaked cloaked = new Cloaked(mode);
                Socket newcomer = cloaked.running.client().openSocket();
                Socket late = cloaked.running.client().openSocket()) {
            byte[] good = first(cloaked.running.client(next), mode);
            byte[] old = first(cloaked.running.client(), mode);
            newcomer.getOutputStream().write(good, 0, 50);
            late.getOutputStream().write(old, 0, 50);
            cloaked.running.await("both are read", () -> cloaked.running.stats().bytesFromClients() == 100);
            cloaked.running.proxy.changeSecret(next, Duration.ZERO);
            newcomer.getOutputStream().write(good, 50, good.length - 50);
            late.getOutputStream().write(old, 50, old.length - 50);
            assertThat(cloaked.origin.awaitVisit(0).awaitBytes(old.length)).isEqualTo(old);
            if (mode == Mode.TLS) {
                Hellos.readFlight(newcomer);
                newcomer.getOutputStream()
                        .write(inRecord(cloaked.running.client(next).frame()));
            }
            cloaked.running.await(
                    "the newcomer is in", () -> cloaked.running.stats().relaying() == 1);
            assertThat(cloaked.running.refused(reasonForStrangers(mode))).isEqualTo(1);
        }
    }

    @Test
    void insideFakeTlsTheFrameHasToBeMadeWithTheSecretOfTheHello() throws Exception {
        Secret next = another(Mode.TLS);
        try (RunningCase running = RunningCase.start(Mode.TLS);
                Socket faithful = running.client().openSocket();
                Socket fickle = running.client().openSocket();
                Socket hasty = running.client().openSocket()) {
            for (Socket socket : new Socket[] {faithful, fickle}) {
                socket.getOutputStream().write(running.client().clientHello());
                Hellos.readFlight(socket);
            }
            running.proxy.changeSecret(next, HOUR);
            hasty.getOutputStream().write(running.client(next).clientHello());
            Hellos.readFlight(hasty);

            fickle.getOutputStream().write(inRecord(running.client(next).frame()));
            running.await("one is refused", () -> running.refused(RefusalReason.BAD_FRAME) == 1);
            hasty.getOutputStream().write(inRecord(running.client().frame()));
            running.await("the other too", () -> running.refused(RefusalReason.BAD_FRAME) == 2);
            // Its hello was good, and what follows is as good.
            running.proxy.changeSecret(another(Mode.TLS), Duration.ZERO);
            faithful.getOutputStream().write(inRecord(running.client().frame()));
            running.await("the third is in", () -> running.stats().relaying() == 1);
        }
    }

    @Test
    void whatIsWrongWithAHelloCountsAsItDoesWithEverySecret() throws Exception {
        try (Cloaked cloaked = new Cloaked(Mode.TLS)) {
            RunningCase running = cloaked.running;
            Secret next = another(Mode.TLS);
            running.proxy.changeSecret(next, HOUR);
            for (Secret secret : new Secret[] {running.secret, next}) {
                ClientOptions wrongHost = ClientOptions.tls(running.proxy.address(), secret.key(), "www.example.org");
                cloaked.assertCloaked(wrongHost.clientHello(), RefusalReason.WRONG_SNI);
                ClientOptions wrongClock = running.client(secret).withClock(() -> 1);
                cloaked.assertCloaked(wrongClock.clientHello(), RefusalReason.CLOCK_SKEW);
            }
        }
    }

    @Test
    void aTransportIsForbiddenWithEverySecret() throws Exception {
        try (Cloaked cloaked = new Cloaked(Mode.SECURED)) {
            Secret next = another(Mode.SECURED);
            cloaked.running.proxy.changeSecret(next, HOUR);
            for (Secret secret : new Secret[] {cloaked.running.secret, next}) {
                ClientOptions abridged = cloaked.running.client(secret).withTag(ClientOptions.ABRIDGED);
                cloaked.assertCloaked(abridged.frame(), RefusalReason.FORBIDDEN_TRANSPORT);
            }
        }
    }

    /** What a client sends first. */
    private static byte[] first(ClientOptions client, Mode mode) {
        return mode == Mode.TLS ? client.clientHello() : client.frame();
    }

    private static RefusalReason reasonForStrangers(Mode mode) {
        return mode == Mode.TLS ? RefusalReason.BAD_DIGEST : RefusalReason.BAD_FRAME;
    }

    /** As clients send it behind a flight. */
    private static byte[] inRecord(byte[] frame) throws IOException {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        records.write(HexFormat.of().parseHex("1403030001011703030040"));
        records.write(frame);
        return records.toByteArray();
    }

    /** A proxy by a clock that is moved by hand, and a site for strangers. */
    private static final class Cloaked implements AutoCloseable {

        final Mode mode;
        final ManualTicker ticker = new ManualTicker();
        final RecordingOrigin origin = RecordingOrigin.start();
        final RunningCase running;

        Cloaked(Mode mode) throws IOException {
            this.mode = mode;
            running = RunningCase.start(
                    mode, builder -> Inject.ticker(builder, ticker).cloakAddress(origin.address()));
        }

        void assertStranger(ClientOptions client) throws IOException {
            assertCloaked(first(client, mode), reasonForStrangers(mode));
        }

        /** The site gets what was sent, and the sender what the site answers. */
        void assertCloaked(byte[] sent, RefusalReason reason) throws IOException {
            int visits = origin.accepted();
            long refused = running.refused(reason);
            try (Socket socket = running.client().openSocket()) {
                socket.getOutputStream().write(sent);
                assertThat(origin.awaitVisit(visits).awaitBytes(sent.length)).isEqualTo(sent);
                byte[] answer = {1, 2, 3};
                origin.awaitVisit(visits).send(answer);
                assertThat(socket.getInputStream().readNBytes(answer.length)).isEqualTo(answer);
            }
            assertThat(running.refused(reason)).isEqualTo(refused + 1);
        }

        @Override
        public void close() {
            running.close();
            origin.close();
        }
    }
}
