package io.github.mtgjava.transport.faketls;

import static io.github.mtgjava.testkit.Vectors.bytes;
import static io.github.mtgjava.testkit.Vectors.string;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.testkit.Feeding;
import io.github.mtgjava.testkit.Vectors;
import io.github.mtgjava.transport.faketls.FirstFlightReader.Status;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FirstFlightReaderTest {

    private static final String RETRY = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";
    private static final String RANDOM = "5a".repeat(32);
    private static final byte[] CHANGE_CIPHER_SPEC = hex("140303000101");
    private static final byte[] TLS_1_3 =
            record(0x16, hello(RANDOM, "1302", "0033000700170003abcdef" + "002b00020304"));

    @TestFactory
    Stream<DynamicTest> looksAtEveryVectorUnderAllFeedings() {
        return Vectors.each(Vectors.client("faketls_server_hello"), vector -> {
            int group = Integer.parseInt(string(vector, "group"), 16);
            int suite = Integer.parseInt(string(vector, "cipher_suite"), 16);
            for (Feeding feeding : Feeding.all(bytes(vector, "packet"))) {
                FirstFlightReader reader = new FirstFlightReader();
                assertThat(feed(reader, feeding)).as(feeding.name()).isEqualTo(Status.NEED_RECORDS);
                assertThat(reader.serverHello())
                        .hasValue(
                                new ServerHello(0x0304, suite, group, false, order(string(vector, "extension_order"))));
                assertThat(reader.encryptedRecords()).containsExactly(bytes(vector, "app_data").length);
                assertThat(reader.isBetweenRecords()).isTrue();
            }
        });
    }

    private static ExtensionOrder order(String types) {
        return types.equals("33,2b") ? ExtensionOrder.KEY_SHARE_FIRST : ExtensionOrder.SUPPORTED_VERSIONS_FIRST;
    }

    @Test
    void countsRecordsInOrder() {
        byte[] flight =
                concatenated(TLS_1_3, CHANGE_CIPHER_SPEC, encrypted(32), encrypted(900), encrypted(281), encrypted(53));
        for (Feeding feeding : Feeding.all(flight)) {
            FirstFlightReader reader = new FirstFlightReader();
            assertThat(feed(reader, feeding)).isEqualTo(Status.NEED_RECORDS);
            assertThat(reader.encryptedRecords()).containsExactly(32, 900, 281, 53);
            assertThat(reader.serverHello())
                    .hasValue(new ServerHello(0x0304, 0x1302, 0x0017, false, ExtensionOrder.KEY_SHARE_FIRST));
        }
    }

    @Test
    void readsAServerHelloThatIsSpreadOverRecords() {
        byte[] message = Arrays.copyOfRange(TLS_1_3, 5, TLS_1_3.length);
        for (int cut = 1; cut < message.length; cut++) {
            FirstFlightReader reader = new FirstFlightReader();
            byte[] one = record(0x16, Arrays.copyOf(message, cut));
            byte[] other = record(0x16, Arrays.copyOfRange(message, cut, message.length));
            assertThat(reader.read(ByteBuffer.wrap(one))).isEqualTo(Status.NEED_SERVER_HELLO);
            assertThat(reader.read(ByteBuffer.wrap(other))).isEqualTo(Status.NEED_RECORDS);
        }
    }

    @Test
    void isDoneWithOlderVersions() {
        byte[] message = hello(RANDOM, "c02f", "ff01000100" + "00170000");
        assertDone(record(0x16, message), new ServerHello(0x0303, 0xc02f, 0, false, ExtensionOrder.KEY_SHARE_FIRST));
        // A certificate in the same record.
        assertDone(
                record(0x16, concatenated(message, hex("0b000001ff"))),
                new ServerHello(0x0303, 0xc02f, 0, false, ExtensionOrder.KEY_SHARE_FIRST));
        assertDone(
                record(0x16, hello(RANDOM, "c02f", "")),
                new ServerHello(0x0303, 0xc02f, 0, false, ExtensionOrder.KEY_SHARE_FIRST));
        byte[] bare = hex("02000026" + "0301" + RANDOM + "00" + "002f" + "00");
        assertDone(record(0x16, bare), new ServerHello(0x0301, 0x002f, 0, false, ExtensionOrder.KEY_SHARE_FIRST));
    }

    @Test
    void readsTheLongestServerHelloThereIs() {
        byte[] extension = concatenated(hex("0005"), HelloBuilder.vector(2, new byte[16_384 - 4 - 42 - 2 - 4]));
        byte[] body = concatenated(hex("0303" + RANDOM + "0401020304" + "c02f00"), HelloBuilder.vector(2, extension));
        byte[] longest = concatenated(hex("02"), HelloBuilder.vector(3, body));
        assertThat(longest).hasSize(16_384);
        assertThat(new FirstFlightReader().read(ByteBuffer.wrap(record(0x16, longest))))
                .isEqualTo(Status.COMPLETE);
        assertThat(new FirstFlightReader().read(ByteBuffer.wrap(record(0x16, hex("02003ffc")))))
                .isEqualTo(Status.NEED_SERVER_HELLO);
        assertThat(new FirstFlightReader().read(ByteBuffer.wrap(record(0x16, hex("02003ffd")))))
                .isEqualTo(Status.REJECTED);
        byte[] begun = record(0x16, hex("02003ffc"));
        assertThat(new FirstFlightReader().read(ByteBuffer.wrap(concatenated(begun, hex("1603033ffc")))))
                .isEqualTo(Status.NEED_SERVER_HELLO);
        assertThat(new FirstFlightReader().read(ByteBuffer.wrap(concatenated(begun, hex("1603033ffd")))))
                .isEqualTo(Status.REJECTED);
    }

    @Test
    void readsTheShortestKeyAndTheLongestSessionId() {
        byte[] message = concatenated(
                hex("02000051"),
                hex("0303" + RANDOM + "20" + "77".repeat(32) + "130100"),
                hex("0009" + "003300050017000155"));
        FirstFlightReader reader = new FirstFlightReader();
        assertThat(reader.read(ByteBuffer.wrap(record(0x16, message)))).isEqualTo(Status.COMPLETE);
        assertThat(reader.serverHello().orElseThrow().group()).isEqualTo(0x0017);
    }

    @Test
    void isDoneWithARequestForAnotherHello() {
        byte[] message = hello(RETRY, "1301", "002b00020304" + "003300020018");
        assertDone(
                record(0x16, message),
                new ServerHello(0x0304, 0x1301, 0x0018, true, ExtensionOrder.SUPPORTED_VERSIONS_FIRST));
    }

    @Test
    void tellsTheNumberOfAnAlert() {
        for (Feeding feeding : Feeding.all(hex("15030300020246"))) {
            FirstFlightReader reader = new FirstFlightReader();
            assertThat(feed(reader, feeding)).isEqualTo(Status.ALERT);
            assertThat(reader.alert()).hasValue(70);
            assertThat(reader.serverHello()).isEmpty();
        }
    }

    @Test
    void knowsWhenItStandsWithinARecord() {
        FirstFlightReader reader = new FirstFlightReader();
        reader.read(ByteBuffer.wrap(concatenated(TLS_1_3, Arrays.copyOf(encrypted(100), 50))));
        assertThat(reader.isBetweenRecords()).isFalse();
        assertThat(reader.encryptedRecords()).isEmpty();
        reader.read(ByteBuffer.wrap(new byte[55]));
        assertThat(reader.isBetweenRecords()).isTrue();
        assertThat(reader.encryptedRecords()).containsExactly(100);
    }

    @Test
    void stopsAtItsBounds() {
        byte[] many = concatenated(Collections.nCopies(100, encrypted(1)).toArray(byte[][]::new));
        FirstFlightReader reader = new FirstFlightReader();
        assertThat(reader.read(ByteBuffer.wrap(concatenated(TLS_1_3, many)))).isEqualTo(Status.COMPLETE);
        assertThat(reader.encryptedRecords()).hasSize(63);

        byte[] long64 = concatenated(Collections.nCopies(20, encrypted(16_640)).toArray(byte[][]::new));
        reader = new FirstFlightReader();
        assertThat(reader.read(ByteBuffer.wrap(concatenated(TLS_1_3, long64)))).isEqualTo(Status.COMPLETE);
        assertThat(reader.encryptedRecords()).isEqualTo(Collections.nCopies(8, 16_640));

        byte[] exact = concatenated(Collections.nCopies(7, encrypted(16_384)).toArray(byte[][]::new));
        reader = new FirstFlightReader();
        assertThat(reader.read(ByteBuffer.wrap(concatenated(TLS_1_3, exact, encrypted(16_383)))))
                .isEqualTo(Status.NEED_RECORDS);
        assertThat(reader.read(ByteBuffer.wrap(encrypted(1)))).isEqualTo(Status.COMPLETE);

        byte[] crumbs =
                concatenated(Collections.nCopies(100, record(0x16, new byte[4])).toArray(byte[][]::new));
        byte[] slow = concatenated(record(0x16, hex("02000100")), crumbs);
        assertThat(new FirstFlightReader().read(ByteBuffer.wrap(slow))).isEqualTo(Status.REJECTED);
    }

    @TestFactory
    Stream<DynamicTest> rejectsWhatIsNoFirstFlight() {
        byte[] good = Arrays.copyOfRange(TLS_1_3, 5, TLS_1_3.length);
        return Stream.of(
                        concatenated("HTTP/1.1 400 Bad Request".getBytes(StandardCharsets.US_ASCII)),
                        hex("1604030001"), // not version 3
                        hex("1603030000"), // an empty handshake record
                        hex("1603034001"), // too long
                        record(0x16, hex("0100000100")), // a ClientHello
                        record(0x16, hex("0201000000")), // a message too long
                        record(0x16, hex("02000000")), // an empty one
                        record(0x15, hex("02")),
                        record(0x17, new byte[9]), // encrypted before any key is known
                        CHANGE_CIPHER_SPEC,
                        record(0x16, concatenated(good, hex("0b000001ff"))), // TLS 1.3, and on in the clear
                        concatenated(TLS_1_3, TLS_1_3),
                        concatenated(TLS_1_3, hex("1703030000")),
                        concatenated(TLS_1_3, hex("1703034101")),
                        concatenated(TLS_1_3, hex("1403030002")),
                        concatenated(TLS_1_3, hex("15030300020228")),
                        record(0x16, hello(RANDOM, "1301", "002b000103")),
                        record(0x16, hello(RANDOM, "1301", "003300020017")),
                        record(0x16, hello(RANDOM, "1301", "0033000500170002ab")),
                        record(0x16, hello(RANDOM, "1301", "00330004001700")),
                        record(0x16, hello(RANDOM, "1301", "0033000400170000")), // an empty key
                        record(0x16, hello(RANDOM, "1301", "0033")),
                        record(0x16, hello(RANDOM, "1301", "003300")),
                        record(0x16, hello(RANDOM, "1301", "0005000900")), // an extension beyond its message
                        record(0x16, hello(RANDOM, "1301", "002b000203")),
                        record(0x16, hello(RETRY, "1301", "0033000700170003abcdef")),
                        record(0x16, hex("0200002a" + "0303" + RANDOM + "00" + "1301" + "00" + "00050000")),
                        record(0x16, hex("02000026" + "0203" + RANDOM + "00" + "1301" + "00")),
                        record(0x16, hex("02000026" + "0303" + RANDOM + "21" + "1301" + "00")),
                        record(0x16, hex("02000026" + "0303" + RANDOM + "01" + "1301" + "00")),
                        record(0x16, hex("02000027" + "0303" + RANDOM + "00" + "1301" + "00" + "00")),
                        record(0x16, hex("02000025" + "0303" + RANDOM + "00" + "1301")),
                        concatenated(record(0x16, hex("02000026")), hex("15030300020228"))) // an alert amidst it
                .map(bytes -> DynamicTest.dynamicTest(HexFormat.of().formatHex(bytes), () -> {
                    for (Feeding feeding : Feeding.all(bytes)) {
                        assertThat(feed(new FirstFlightReader(), feeding))
                                .as(feeding.name())
                                .isEqualTo(Status.REJECTED);
                    }
                }));
    }

    @Test
    void neverThrowsWhateverIsChanged() {
        byte[] flight = concatenated(TLS_1_3, CHANGE_CIPHER_SPEC, encrypted(40));
        Random random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            byte[] changed = flight.clone();
            for (int change = 0; change <= random.nextInt(3); change++) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            FirstFlightReader reader = new FirstFlightReader();
            assertThat(reader.read(ByteBuffer.wrap(changed))).isNotNull();
            assertThat(reader.encryptedRecords()).hasSizeLessThanOrEqualTo(10);
        }
    }

    private static void assertDone(byte[] answer, ServerHello hello) {
        for (Feeding feeding : Feeding.all(answer)) {
            FirstFlightReader reader = new FirstFlightReader();
            assertThat(feed(reader, feeding)).as(feeding.name()).isEqualTo(Status.COMPLETE);
            assertThat(reader.serverHello()).hasValue(hello);
            assertThat(reader.encryptedRecords()).isEmpty();
            assertThat(reader.alert()).isEmpty();
        }
    }

    private static Status feed(FirstFlightReader reader, Feeding feeding) {
        Status status = Status.NEED_SERVER_HELLO;
        for (ByteBuffer chunk : feeding.chunks()) {
            status = reader.read(chunk);
            if (List.of(Status.NEED_SERVER_HELLO, Status.NEED_RECORDS).contains(status)) {
                assertThat(chunk.hasRemaining()).isFalse();
            }
        }
        return status;
    }

    private static byte[] hello(String random, String suite, String extensions) {
        byte[] content = hex(extensions);
        return concatenated(
                hex("020000"),
                HelloBuilder.vector(
                        1,
                        concatenated(
                                hex("0303" + random + "04" + "01020304" + suite + "00"),
                                HelloBuilder.vector(2, content))));
    }

    private static byte[] encrypted(int length) {
        return record(0x17, new byte[length]);
    }

    private static byte[] record(int type, byte[] payload) {
        return concatenated(new byte[] {(byte) type, 3, 3}, HelloBuilder.vector(2, payload));
    }

    private static byte[] concatenated(byte[]... parts) {
        return HelloBuilder.concatenated(parts);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
