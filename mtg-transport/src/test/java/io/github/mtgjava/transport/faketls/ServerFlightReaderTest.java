package io.github.mtgjava.transport.faketls;

import static io.github.mtgjava.testkit.Vectors.bytes;
import static io.github.mtgjava.testkit.Vectors.string;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.github.mtgjava.testkit.Feeding;
import io.github.mtgjava.testkit.Vectors;
import io.github.mtgjava.transport.faketls.ServerFlightReader.Status;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ServerFlightReaderTest {

    private static final byte[] KEY = new byte[16];
    private static final JsonObject VECTOR =
            Vectors.client("faketls_server_hello").get(0);

    @TestFactory
    Stream<DynamicTest> acceptsEveryVectorUnderAllFeedings() {
        return Vectors.each(Vectors.client("faketls_server_hello"), vector -> {
            for (Feeding feeding : Feeding.all(bytes(vector, "packet"))) {
                assertThat(feed(reader(vector), feeding)).as(feeding.name()).isEqualTo(Status.ACCEPTED);
            }
        });
    }

    @Test
    void acceptsWhatTheProxyWrites() {
        byte[] hello = ClientHelloWriter.authenticated("origin.test", KEY, 5, new Random(1)::nextBytes);
        for (KeyShareGroup group : KeyShareGroup.values()) {
            byte[] flight = ServerHelloFlight.write(
                    Hellos.read(hello),
                    KEY,
                    new ServerHelloFlight.Parameters(
                            0x1301,
                            group,
                            new byte[group.serverShareBytes()],
                            ExtensionOrder.KEY_SHARE_FIRST,
                            new byte[RecordSlots.MAX_PAYLOAD]));
            assertThat(new ServerFlightReader(hello, KEY).read(ByteBuffer.wrap(flight)))
                    .isEqualTo(Status.ACCEPTED);
            assertThat(new ServerFlightReader(hello, new byte[] {1}).read(ByteBuffer.wrap(flight)))
                    .isEqualTo(Status.ORDINARY_TLS);
        }
    }

    @Test
    void leavesWhatFollows() {
        byte[] packet = bytes(VECTOR, "packet");
        ByteBuffer in = ByteBuffer.wrap(Arrays.copyOf(packet, packet.length + 3));
        ServerFlightReader reader = reader(VECTOR);
        assertThat(reader.read(in)).isEqualTo(Status.ACCEPTED);
        assertThat(in.remaining()).isEqualTo(3);
        assertThat(reader.read(in)).isEqualTo(Status.ACCEPTED);
        assertThat(in.remaining()).isEqualTo(3);
    }

    @Test
    void acceptsNoFlightThatIsWrongInAnyByte() {
        byte[] packet = bytes(VECTOR, "packet");
        for (int i = 0; i < packet.length; i++) {
            byte[] wrong = packet.clone();
            wrong[i] ^= 1;
            assertThat(reader(VECTOR).read(ByteBuffer.wrap(wrong)))
                    .as("byte " + i)
                    .isNotEqualTo(Status.ACCEPTED);
        }
    }

    @Test
    void noticesARequestForAnotherHelloAtOnce() {
        byte[] packet = bytes(VECTOR, "packet");
        byte[] retry = HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");
        System.arraycopy(retry, 0, packet, 11, 32);
        assertEnds(Arrays.copyOf(packet, 133), Status.ORDINARY_TLS);
    }

    @Test
    void tellsOtherTlsFromOtherProtocols() {
        assertEnds(HexFormat.of().parseHex("15030300020228"), Status.ORDINARY_TLS);
        assertEnds(HexFormat.of().parseHex("15030100020246"), Status.ORDINARY_TLS);
        assertEnds("HTTP/1.1 400 Bad Request\r\n".getBytes(StandardCharsets.US_ASCII), Status.NOT_TLS);
        assertEnds(HexFormat.of().parseHex("1703030010"), Status.NOT_TLS);
        assertEnds(HexFormat.of().parseHex("1602000030"), Status.NOT_TLS);
        assertEnds(HexFormat.of().parseHex("1502000002"), Status.NOT_TLS);
        // TLS 1.2 goes on with a certificate in the clear.
        byte[] older = Arrays.copyOf(bytes(VECTOR, "packet"), 127 + 11);
        older[127] = 0x16;
        assertEnds(older, Status.ORDINARY_TLS);
    }

    @Test
    void refusesLengthsThatAreTooGreatBeforeItReadsThem() {
        assertEnds(HexFormat.of().parseHex("1603034001"), Status.ORDINARY_TLS);
        assertEnds(HexFormat.of().parseHex("1603030025"), Status.ORDINARY_TLS);
        byte[] packet = bytes(VECTOR, "packet");
        for (int length : new int[] {0, 16_641, 65_535}) {
            packet[136] = (byte) (length >> 8);
            packet[137] = (byte) length;
            assertEnds(Arrays.copyOf(packet, 138), Status.ORDINARY_TLS);
        }
    }

    @Test
    void waitsForWhatTheExtremeLengthsAnnounce() {
        assertEnds(HexFormat.of().parseHex("1603030026"), Status.NEED_INPUT);
        assertEnds(HexFormat.of().parseHex("1603034000"), Status.NEED_INPUT);
        byte[] packet = bytes(VECTOR, "packet");
        for (int length : new int[] {1, 16_640}) {
            packet[136] = (byte) (length >> 8);
            packet[137] = (byte) length;
            assertEnds(Arrays.copyOf(packet, 138), Status.NEED_INPUT);
        }
    }

    @Test
    void survivesNoise() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            byte[] begun = Arrays.copyOf(bytes(VECTOR, "packet"), random.nextInt(150));
            byte[] both = HelloBuilder.concatenated(begun, noise);
            assertThat(reader(VECTOR).read(ByteBuffer.wrap(both))).isNotEqualTo(Status.ACCEPTED);
        }
    }

    private static void assertEnds(byte[] answer, Status status) {
        for (Feeding feeding : Feeding.all(answer)) {
            assertThat(feed(reader(VECTOR), feeding)).as(feeding.name()).isEqualTo(status);
        }
    }

    private static ServerFlightReader reader(JsonObject vector) {
        return new ServerFlightReader(Hellos.vector(string(vector, "client_hello")), bytes(vector, "secret16"));
    }

    private static Status feed(ServerFlightReader reader, Feeding feeding) {
        Status status = Status.NEED_INPUT;
        for (ByteBuffer chunk : feeding.chunks()) {
            Status next = reader.read(chunk);
            // An end is final.
            assertThat(status == Status.NEED_INPUT || status == next)
                    .as(feeding.name())
                    .isTrue();
            status = next;
        }
        return status;
    }
}
