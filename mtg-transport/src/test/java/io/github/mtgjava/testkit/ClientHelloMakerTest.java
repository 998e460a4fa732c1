package io.github.mtgjava.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ClientHelloMakerTest {
    private static final String HOST = "origin.test";
    private static final byte[] KEY = PatternStream.bytes(1, 16);
    private static final Set<Integer> COMMON =
            Set.of(0x00, 0x05, 0x0a, 0x0b, 0x0d, 0x10, 0x12, 0x17, 0x1b, 0x23, 0x2b, 0x2d, 0x33, 0x44cd, 0xff01);

    static Stream<JsonObject> genuineHellos() {
        return ClientVectors.all("faketls_client_hello")
                .filter(vector -> ClientVectors.text(vector, "expect").equals("accept"))
                .filter(vector -> vector.get("records").getAsInt() == 1);
    }

    /** Walks through a hello as a server does, checking every length on the way; returns the extension types in order. */
    private static List<Integer> extensionTypes(byte[] hello) {
        ByteBuffer in = ByteBuffer.wrap(hello);
        assertThat(in.get()).isEqualTo((byte) 0x16);
        assertThat(in.getShort()).isEqualTo((short) 0x0301);
        assertThat(in.getShort()).isEqualTo((short) (hello.length - 5));
        assertThat(in.getInt()).isEqualTo(1 << 24 | hello.length - 9);
        assertThat(in.getShort()).isEqualTo((short) 0x0303);
        assertThat(in.get(43)).isEqualTo((byte) 32);
        in.position(76);
        assertGrease(in.getShort(78));
        in.position(78 + in.getShort());
        assertThat(in.getShort()).isEqualTo((short) 0x0100);
        assertThat(in.getShort()).isEqualTo((short) in.remaining());
        List<Integer> types = new ArrayList<>();
        while (in.hasRemaining()) {
            types.add(in.getShort() & 0xffff);
            in.position(in.position() + 2 + in.getShort(in.position()));
        }
        return types;
    }

    private static void assertGrease(int value) {
        assertThat(value & 0x0f0f).isEqualTo(0x0a0a);
        assertThat(value >> 8 & 0xff).isEqualTo(value & 0xff);
    }

    @ParameterizedTest
    @MethodSource("genuineHellos")
    void authenticatesAsTheVectorsDo(JsonObject vector) {
        byte[] wire = ClientVectors.bytes(vector, "wire");
        ClientHello hello = new ClientHello(wire.clone(), List.of(), List.of());
        hello.authenticate(
                ClientVectors.bytes(vector, "secret16"), vector.get("timestamp").getAsLong());
        assertThat(hello.record()).isEqualTo(wire);
        assertThat(hello.random()).isEqualTo(ClientVectors.bytes(vector, "client_random"));
        assertThat(hello.sessionId()).isEqualTo(ClientVectors.bytes(vector, "session_id"));
    }

    @Test
    void makesClassicHellosOf517Bytes() {
        for (String host : List.of("a.io", HOST, "x".repeat(182))) {
            byte[] record = ClientHelloMaker.make(new Random(1), HelloStyle.CLASSIC, host)
                    .record();
            assertThat(record)
                    .hasSize(517)
                    .startsWith(0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03);
            List<Integer> types = extensionTypes(record);
            assertThat(types).last().isEqualTo(0x15);
            assertThat(types).containsAll(COMMON).hasSize(18);
        }
        assertThatThrownBy(() -> ClientHelloMaker.make(new Random(1), HelloStyle.CLASSIC, "x".repeat(250)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void makesModernHellosOfTheFourUsualLengths() {
        Random random = new Random(1);
        Set<Integer> lengths = new HashSet<>();
        Set<List<Integer>> orders = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            byte[] record =
                    ClientHelloMaker.make(random, HelloStyle.MODERN, HOST).record();
            lengths.add(record.length);
            List<Integer> types = extensionTypes(record);
            assertThat(types).containsAll(COMMON).contains(0xfe0d).hasSize(18).doesNotHaveDuplicates();
            assertGrease(types.get(0));
            assertGrease(types.get(17));
            orders.add(types.subList(1, 17));
        }
        int shortest = 1716 + HOST.length();
        assertThat(lengths).containsExactlyInAnyOrder(shortest, shortest + 32, shortest + 64, shortest + 96);
        assertThat(orders).hasSizeGreaterThan(90);
    }

    @ParameterizedTest
    @CsvSource({"TDLib 1.8.67, MODERN", "TDLib 1.8.33, CLASSIC"})
    void looksLikeACapturedClient(String client, HelloStyle style) {
        JsonObject vector = ClientVectors.captured(client);
        byte[] captured = ClientVectors.bytes(vector, "wire");
        Random random = new Random(1);
        List<byte[]> made = Stream.generate(
                        () -> ClientHelloMaker.make(random, style, ClientVectors.text(vector, "host")))
                .limit(50)
                .map(ClientHello::record)
                .toList();
        assertThat(made).anyMatch(record -> record.length == captured.length);
        assertThat(made).allSatisfy(record -> assertThat(knownTypes(record)).isEqualTo(knownTypes(captured)));
        byte[] suites = Arrays.copyOfRange(captured, 80, 110);
        assertThat(made)
                .allSatisfy(record ->
                        assertThat(Arrays.copyOfRange(record, 80, 110)).isEqualTo(suites));
    }

    /** The extension types without GREASE, and with the number that ALPS has today. */
    private static Set<Integer> knownTypes(byte[] hello) {
        return extensionTypes(hello).stream()
                .filter(type -> (type & 0x0f0f) != 0x0a0a)
                .map(type -> type == 0x4469 ? 0x44cd : type)
                .collect(Collectors.toSet());
    }

    @Test
    void splitsWithoutLosingBytes() {
        ClientHello hello = ClientHelloMaker.make(new Random(1), HelloStyle.MODERN, HOST);
        hello.authenticate(KEY, 1_750_000_000);
        assertThat(hello.split(1)).isEqualTo(hello.record());
        byte[] split = hello.split(16);
        ByteBuffer in = ByteBuffer.wrap(split);
        ByteBuffer joined = ByteBuffer.allocate(hello.record().length - 5);
        for (int i = 0; i < 16; i++) {
            assertThat(in.get()).isEqualTo((byte) 0x16);
            assertThat(in.getShort()).isEqualTo((short) 0x0301);
            int length = in.getShort();
            joined.put(in.slice(in.position(), length));
            in.position(in.position() + length);
        }
        assertThat(in.hasRemaining()).isFalse();
        assertThat(joined.array()).isEqualTo(Arrays.copyOfRange(hello.record(), 5, hello.record().length));
    }
}
