package io.github.mtgjava.transport.proxyprotocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.mtgjava.testkit.Feeding;
import io.github.mtgjava.transport.proxyprotocol.ProxyHeaderDecoder.Status;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples are made by hand from the text of the specification. */
class ProxyHeaderDecoderTest {

    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
    private static final String IPV4_ENDS = "c0000201" + "cb007105" + "dc04" + "01bb";
    private static final String IPV6_ENDS =
            "20010db8000000000000000000000001" + "20010db8000000000000000000000002" + "dc04" + "01bb";
    /** An application protocol, and then a name. */
    private static final String EXTENSIONS = "0100026832" + "02000b" + "6578616d706c652e636f6d";

    private static final String NOBODY = "nobody";

    static List<Header> goodHeaders() {
        String ipv4 = "192.0.2.1:56324 to 203.0.113.5:443";
        String ipv6 = "[2001:db8::1]:56324 to [2001:db8::2]:443";
        return List.of(
                text("PROXY TCP4 192.0.2.1 203.0.113.5 56324 443\r\n", ipv4),
                text(
                        "PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\n",
                        "255.255.255.255:65535 to 255.255.255.255:65535"),
                text("PROXY TCP4 0.0.0.0 0.0.0.0 0 0\r\n", "0.0.0.0:0 to 0.0.0.0:0"),
                text("PROXY TCP6 2001:db8::1 2001:DB8::2 56324 443\r\n", ipv6),
                text("PROXY TCP6 2001:0db8:0000:0000:0000:0000:0000:0001 2001:db8:0:0:0:0:0:2 56324 443\r\n", ipv6),
                text("PROXY TCP6 :: ::1 1 2\r\n", "[::]:1 to [::1]:2"),
                text("PROXY UNKNOWN\r\n", NOBODY),
                text("PROXY UNKNOWN ffff:: \r what\never 65535 \r\n", NOBODY),
                text("PROXY UNKNOWN " + "f".repeat(107 - 16) + "\r\n", NOBODY),
                binary("21 11 000c" + IPV4_ENDS, ipv4),
                binary("21 21 0024" + IPV6_ENDS, ipv6),
                binary("21 11 001f" + IPV4_ENDS + EXTENSIONS, ipv4),
                binary("21 21 0037" + IPV6_ENDS + EXTENSIONS, ipv6),
                binary("21 11 07f0" + IPV4_ENDS + "ee".repeat(2048 - 28), ipv4),
                binary("20 00 0000", NOBODY),
                binary("20 00 0013" + EXTENSIONS, NOBODY),
                binary("20 11 000c" + IPV4_ENDS, NOBODY),
                binary("20 11 0003 010203", NOBODY),
                binary("20 ff 0000", NOBODY),
                binary("21 00 0000", NOBODY),
                binary("21 00 0024" + IPV6_ENDS, NOBODY),
                binary("21 01 0000", NOBODY),
                binary("21 10 0000", NOBODY),
                binary("21 12 000c" + IPV4_ENDS, NOBODY),
                binary("21 22 0024" + IPV6_ENDS, NOBODY),
                binary("21 31 00d8" + "2f".repeat(216), NOBODY),
                binary("21 32 00eb" + "2f".repeat(216) + EXTENSIONS, NOBODY));
    }

    /**
     * What arrives and what it has to come to.
     *
     * @param told the two ends, or {@link #NOBODY}
     */
    record Header(byte[] wire, String told) {

        @Override
        public String toString() {
            return HexFormat.of().formatHex(wire, 0, Math.min(wire.length, 40)) + " tells of " + told;
        }
    }

    private static Header text(String line, String told) {
        return new Header(line.getBytes(StandardCharsets.ISO_8859_1), told);
    }

    private static Header binary(String hex, String told) {
        return new Header(bytes(hex), told);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(SIGNATURE + hex.replace(" ", ""));
    }

    @ParameterizedTest
    @MethodSource("goodHeaders")
    void readsAHeaderHoweverItIsCutAndNotOneByteFurther(Header header) {
        byte[] behind = {0x16, 3, 1};
        byte[] wire = Arrays.copyOf(header.wire(), header.wire().length + behind.length);
        System.arraycopy(behind, 0, wire, header.wire().length, behind.length);
        for (Feeding feeding : Feeding.all(wire)) {
            ProxyHeaderDecoder decoder = new ProxyHeaderDecoder();
            int left = 0;
            for (ByteBuffer chunk : feeding.chunks()) {
                Status status = decoder.decode(chunk);
                assertThat(status).as(feeding.name()).isNotEqualTo(Status.REJECTED);
                assertThat(status == Status.COMPLETE || !chunk.hasRemaining())
                        .as(feeding.name())
                        .isTrue();
                left += chunk.remaining();
            }
            assertThat(left).as(feeding.name()).isEqualTo(behind.length);
            assertThat(told(decoder)).as(feeding.name()).isEqualTo(header.told());
        }
    }

    @ParameterizedTest
    @MethodSource("goodHeaders")
    void aTruncatedHeaderIsIncompleteAndNothingElse(Header header) {
        for (int length = 0; length < header.wire().length; length++) {
            ProxyHeaderDecoder decoder = new ProxyHeaderDecoder();
            ByteBuffer part = ByteBuffer.wrap(header.wire(), 0, length);
            assertThat(decoder.decode(part)).as("%d bytes", length).isEqualTo(Status.NEED_INPUT);
            assertThat(part.hasRemaining()).isFalse();
            assertThatIllegalStateException().isThrownBy(decoder::connection);
        }
    }

    private static String told(ProxyHeaderDecoder decoder) {
        return decoder.connection()
                .map(connection -> connection.source() + " to " + connection.destination())
                .orElse(NOBODY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY\r\n",
                "PROXY \r\n",
                "PROXY TCP4\r\n",
                "PROXY TCP5 192.0.2.1 203.0.113.5 56324 443\r\n",
                "PROXY tcp4 192.0.2.1 203.0.113.5 56324 443\r\n",
                "PROXY UNKNOWN_ 192.0.2.1 203.0.113.5 56324 443\r\n",
                "PROXY  TCP4 192.0.2.1 203.0.113.5 56324 443\r\n",
                "PROXY TCP4  192.0.2.1 203.0.113.5 56324 443\r\n",
                "PROXY TCP4 192.0.2.1 203.0.113.5 56324 443 \r\n",
                "PROXY TCP4 192.0.2.1 203.0.113.5 56324\r\n",
                "PROXY TCP4 192.0.2.1 203.0.113.5 56324 443 1\r\n",
                "PROXY TCP4 192.0.2.256 203.0.113.5 56324 443\r\n",
                "PROXY TCP4 192.0.2 203.0.113.5 56324 443\r\n",
                "PROXY TCP4 192.0.02.1 203.0.113.5 56324 443\r\n",
                "PROXY TCP4 192.0.2.1 203.0.113.05 56324 443\r\n",
                "PROXY TCP4 2001:db8::1 203.0.113.5 56324 443\r\n",
                "PROXY TCP4 localhost 203.0.113.5 56324 443\r\n",
                "PROXY TCP6 192.0.2.1 203.0.113.5 56324 443\r\n",
                "PROXY TCP6 2001:db8::1 2001:db8::2::3 56324 443\r\n",
                "PROXY TCP6 2001:db8:1 2001:db8::2 56324 443\r\n",
                "PROXY TCP6 fe80::1%lo fe80::2 56324 443\r\n",
                "PROXY TCP4 192.0.2.1 203.0.113.5 65536 443\r\n",
                "PROXY TCP4 192.0.2.1 203.0.113.5 -1 443\r\n",
                "PROXY TCP4 192.0.2.1 203.0.113.5 056324 443\r\n",
                "PROXY TCP4 192.0.2.1 203.0.113.5 56324 00\r\n",
                "PROXY TCP4 192.0.2.1 203.0.113.5 56324 443\n\r\n",
                "PROXY TCP4 192.0.2.1 203.0.113.5 56324 443\r\r\n",
                "PROXY TCP4 192.0.2.1 203.0.113.5 56324 443\nGET / HTTP/1.1\r\n",
                "POST / HTTP/1.1",
                "GET / HTTP/1.1",
                "proxy TCP4 ",
                "PROXYTCP4 "
            })
    void rejectsOtherLines(String line) {
        assertIsRejected(line.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void rejectsALineThatIsTooLongAtItsLastByte() {
        for (String beginning : List.of("PROXY UNKNOWN ", "PROXY TCP4 ")) {
            byte[] line = (beginning + "f".repeat(106 - beginning.length()) + "\r").getBytes(StandardCharsets.US_ASCII);
            ProxyHeaderDecoder decoder = new ProxyHeaderDecoder();
            assertThat(decoder.decode(ByteBuffer.wrap(line, 0, 106))).isEqualTo(Status.NEED_INPUT);
            assertThat(decoder.decode(ByteBuffer.wrap(line, 106, 1))).isEqualTo(Status.REJECTED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "11 11 000c, another version",
        "31 11 000c, another version",
        "22 11 000c, an unknown command",
        "2f 11 000c, an unknown command",
        "21 41 000c, an unknown family",
        "21 f1 000c, an unknown family",
        "21 13 000c, an unknown transport",
        "21 1f 000c, an unknown transport",
        "21 11 000b, no room for the addresses",
        "21 12 000b, no room for the addresses",
        "21 21 0023, no room for the addresses",
        "21 31 00d7, no room for the addresses",
        "21 11 07f1, too long",
        "21 11 ffff, too long",
        "20 00 07f1, too long",
    })
    void rejectsABeginningOfVersion2ThatPromisesNothingGood(String hex, String flaw) {
        byte[] wire = bytes(hex);
        assertIsRejected(wire);
        // Nobody is waited for who has said something wrong: only the length needs all of the beginning.
        int needed = flaw.contains("room") || flaw.contains("long") ? 16 : 14;
        assertThat(new ProxyHeaderDecoder().decode(ByteBuffer.wrap(wire, 0, needed)))
                .as(flaw)
                .isEqualTo(Status.REJECTED);
    }

    @Test
    void rejectsAWrongSignatureAtItsFirstWrongByte() {
        byte[] good = bytes("21 11 000c");
        for (int at = 0; at < SIGNATURE.length() / 2; at++) {
            byte[] wrong = good.clone();
            wrong[at] ^= 1;
            ProxyHeaderDecoder decoder = new ProxyHeaderDecoder();
            assertThat(decoder.decode(ByteBuffer.wrap(wrong, 0, at))).isEqualTo(Status.NEED_INPUT);
            assertThat(decoder.decode(ByteBuffer.wrap(wrong, at, 1))).isEqualTo(Status.REJECTED);
        }
    }

    private static void assertIsRejected(byte[] wire) {
        for (Feeding feeding : Feeding.all(wire)) {
            ProxyHeaderDecoder decoder = new ProxyHeaderDecoder();
            Status status = Status.NEED_INPUT;
            for (ByteBuffer chunk : feeding.chunks()) {
                int before = chunk.remaining();
                Status next = decoder.decode(chunk);
                if (status == Status.REJECTED) {
                    assertThat(next).isEqualTo(Status.REJECTED);
                    assertThat(chunk.remaining()).isEqualTo(before);
                }
                status = next;
            }
            assertThat(status).as(feeding.name()).isEqualTo(Status.REJECTED);
            assertThatIllegalStateException().isThrownBy(decoder::connection);
        }
    }

    /** Whatever becomes of a header, it is the same however it is cut, and nothing throws. */
    @Test
    void survivesMutatedHeaders() {
        Random random = new Random(0x70);
        List<Header> seeds = goodHeaders();
        Map<Status, Integer> outcomes = new HashMap<>();
        for (int round = 0; round < 20_000; round++) {
            byte[] mutant = seeds.get(random.nextInt(seeds.size())).wire().clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                int at = random.nextInt(Math.min(mutant.length, random.nextBoolean() ? 20 : 120));
                mutant[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : mutant[at] ^ 1 << random.nextInt(8));
            }
            String whole = outcome(List.of(ByteBuffer.wrap(mutant)), outcomes);
            int cut = random.nextInt(mutant.length);
            List<ByteBuffer> halves =
                    List.of(ByteBuffer.wrap(mutant, 0, cut), ByteBuffer.wrap(mutant, cut, mutant.length - cut));
            assertThat(outcome(halves, new HashMap<>()))
                    .as(() -> HexFormat.of().formatHex(mutant))
                    .isEqualTo(whole);
        }
        // Else the mutations would be too coarse, or too fine.
        assertThat(outcomes).containsKeys(Status.values());
    }

    private static String outcome(List<ByteBuffer> chunks, Map<Status, Integer> outcomes) {
        ProxyHeaderDecoder decoder = new ProxyHeaderDecoder();
        Status status = Status.NEED_INPUT;
        int left = 0;
        for (ByteBuffer chunk : chunks) {
            status = decoder.decode(chunk);
            left += chunk.remaining();
        }
        outcomes.merge(status, 1, Integer::sum);
        return status == Status.COMPLETE ? told(decoder) + ", left " + left : status.toString();
    }
}
