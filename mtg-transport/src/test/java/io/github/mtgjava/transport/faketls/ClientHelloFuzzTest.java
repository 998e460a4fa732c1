package io.github.mtgjava.transport.faketls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.mtgjava.testkit.Feeding;
import io.github.mtgjava.testkit.Seeds;
import io.github.mtgjava.testkit.Vectors;
import io.github.mtgjava.transport.faketls.ClientHelloReader.Status;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClientHelloFuzzTest {

    /** Of no vector. */
    private static final byte[] KEY = Vectors.drbg("fuzz key", 16);

    static Stream<Arguments> seeds() {
        return Stream.concat(
                Seeds.of(Vectors.client("faketls_client_hello"), "wire"), Seeds.of(Vectors.realClientHellos(), "wire"));
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsTheSameHoweverItArrivesAndCanAnswer(byte[] raw) {
        Outcome outcome = Feeding.agreed(raw, ClientHelloFuzzTest::read);
        assertThat(outcome.consumed).isLessThanOrEqualTo(ClientHelloReader.MAX_RAW_BYTES);
        if (raw.length >= ClientHelloReader.MAX_RAW_BYTES) {
            assertThat(outcome.status).isNotEqualTo(Status.NEED_INPUT);
        }
        if (outcome.status == Status.COMPLETE) {
            ClientHello hello = Hellos.read(raw);
            checkFields(hello);
            checkAnswer(hello);
        }
    }

    private record Outcome(Status status, int consumed, ByteBuffer canonical) {}

    private static Outcome read(Feeding feeding) {
        ClientHelloReader reader = new ClientHelloReader();
        Status status = Status.NEED_INPUT;
        int consumed = 0;
        for (ByteBuffer raw : feeding.growing()) {
            boolean ended = status != Status.NEED_INPUT;
            Status next = reader.read(raw);
            assertThat(ended ? next == status && raw.position() == 0 : next == Status.COMPLETE || raw.position() == 0)
                    .isTrue();
            consumed += raw.position();
            status = next;
        }
        byte[] canonical = status == Status.COMPLETE ? reader.hello().canonical() : new byte[0];
        return new Outcome(status, consumed, ByteBuffer.wrap(canonical));
    }

    private static void checkFields(ClientHello hello) {
        assertThat(Hellos.read(hello.canonical()).canonical()).isEqualTo(hello.canonical());
        assertThat(hello.sessionId()).hasSizeLessThanOrEqualTo(Tls.MAX_SESSION_ID_BYTES);
        hello.serverName().ifPresent(name -> assertThat(name).matches("[!-~]+"));
        assertThat(hello.cipherSuites()).noneMatch(Tls::isGrease);
        hello.preferredTls13Suite()
                .ifPresent(suite -> assertThat(hello.offersSuite(suite)).isTrue());
    }

    /** Whatever it is that a client has sent, the answer to it is one that clients understand. */
    private static void checkAnswer(ClientHello hello) {
        int suite = hello.preferredTls13Suite().orElse(0x1301);
        KeyShareGroup group =
                hello.sharesKey(KeyShareGroup.X25519_MLKEM768) ? KeyShareGroup.X25519_MLKEM768 : KeyShareGroup.X25519;
        byte[] flight = ServerHelloFlight.write(
                hello,
                KEY,
                new ServerHelloFlight.Parameters(
                        suite,
                        group,
                        new byte[group.serverShareBytes()],
                        ExtensionOrder.KEY_SHARE_FIRST,
                        new byte[100]));
        assertThat(new ServerFlightReader(hello.canonical(), KEY).read(ByteBuffer.wrap(flight)))
                .isEqualTo(ServerFlightReader.Status.ACCEPTED);
        FirstFlightReader site = new FirstFlightReader();
        assertThat(site.read(ByteBuffer.wrap(flight))).isEqualTo(FirstFlightReader.Status.NEED_RECORDS);
        assertThat(site.serverHello())
                .hasValue(new ServerHello(Tls.TLS_1_3, suite, group.code(), false, ExtensionOrder.KEY_SHARE_FIRST));
    }
}
