package io.github.mtgjava.internal.cloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mtgjava.crypto.HmacSha256;
import io.github.mtgjava.crypto.MlKem768;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.internal.probe.OriginAnswer;
import io.github.mtgjava.testkit.Vectors;
import io.github.mtgjava.transport.faketls.ClientHello;
import io.github.mtgjava.transport.faketls.ClientHelloReader;
import io.github.mtgjava.transport.faketls.ExtensionOrder;
import io.github.mtgjava.transport.faketls.FirstFlightReader;
import io.github.mtgjava.transport.faketls.KeyShareGroup;
import io.github.mtgjava.transport.faketls.ServerHello;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlightMakerTest {

    private static final String CLASSIC = "classic 517 bytes";
    private static final String HYBRID = "post-quantum (X25519MLKEM768 share)";
    private static final byte[] KEY = HexFormat.of().parseHex("00112233445566778899aabbccddeeff");
    private static final int X25519_ENCRYPTED_AT = 138;
    private static final int HYBRID_ENCRYPTED_AT = X25519_ENCRYPTED_AT
            + KeyShareGroup.X25519_MLKEM768.serverShareBytes()
            - KeyShareGroup.X25519.serverShareBytes();

    private static final RandomSource RANDOM = RandomSource.secure();
    private static final RandomSource CONSTANT = target -> Arrays.fill(target, (byte) 1);

    private final FlightMaker maker = maker();

    private static FlightMaker maker() {
        return new FlightMaker(RANDOM, new KeyShares(RANDOM), null);
    }

    /** A hello of the vectors, with some of its hex digits changed. */
    private static ClientHello hello(String vector, String from, String to) {
        String wire = Vectors.string(Vectors.client("faketls_client_hello", vector), "wire");
        assertThat(wire).contains(from);
        ClientHelloReader reader = new ClientHelloReader();
        reader.read(ByteBuffer.wrap(HexFormat.of().parseHex(wire.replaceFirst(from, to))));
        return reader.hello();
    }

    private static ClientHello hello(String vector) {
        return hello(vector, "", "");
    }

    /** Without the share of X25519: its number becomes that of P-256, which is none of ours. */
    private static ClientHello helloWithHybridOnly() {
        return hello(HYBRID, "001d0020", "00170020");
    }

    private static int u16(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getShort(at) & 0xffff;
    }

    private static int encryptedBytes(byte[] flight, int encryptedAt) {
        int length = u16(flight, encryptedAt - 2);
        assertThat(flight).hasSize(encryptedAt + length);
        return length;
    }

    @Test
    void variesTheSizeOfOneMakersFlightsByTwoBytesEitherWay() {
        ClientHello hello = hello(CLASSIC);
        IntSummaryStatistics sizes = IntStream.range(0, 500)
                .map(i -> encryptedBytes(maker.flight(hello, KEY, RANDOM), X25519_ENCRYPTED_AT))
                .summaryStatistics();
        assertThat(sizes.getMax() - sizes.getMin()).isEqualTo(4);
        assertThat(sizes.getMin()).isGreaterThanOrEqualTo(2498);
        assertThat(sizes.getMax()).isLessThanOrEqualTo(4701);
    }

    @Test
    void drawsAnotherSizeForEveryMaker() {
        ClientHello hello = hello(CLASSIC);
        Set<Integer> sizes = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            sizes.add(maker().flight(hello, KEY, RANDOM).length);
        }
        assertThat(sizes).hasSizeGreaterThan(50);
    }

    @ParameterizedTest
    @CsvSource({
        "130113021303, 1301",
        "130213011303, 1302",
        "130313021301, 1303",
        "c02b13031301, 1303",
        "c02bc02f1302, 1302",
    })
    void takesTheClientsFirstSuiteOfTls13(String offer, String chosen) {
        byte[] flight = maker.flight(hello(CLASSIC, "130113021303", offer), KEY, RANDOM);
        assertThat(u16(flight, 76)).isEqualTo(HexFormat.fromHexDigits(chosen));
    }

    @Test
    void prefersX25519() {
        for (ClientHello hello : new ClientHello[] {hello(CLASSIC), hello(HYBRID)}) {
            byte[] flight = maker.flight(hello, KEY, RANDOM);
            assertThat(u16(flight, 85)).isEqualTo(KeyShareGroup.X25519.code());
            assertThat(u16(flight, 87)).isEqualTo(32);
            encryptedBytes(flight, X25519_ENCRYPTED_AT);
        }
    }

    @Test
    void answersInTheHybridGroupIfThatAloneIsOffered() {
        byte[] flight = maker.flight(helloWithHybridOnly(), KEY, RANDOM);
        assertThat(u16(flight, 85)).isEqualTo(KeyShareGroup.X25519_MLKEM768.code());
        assertThat(u16(flight, 87)).isEqualTo(1120);
        encryptedBytes(flight, HYBRID_ENCRYPTED_AT);
    }

    @Test
    void sharesAnotherPlausiblePointEachTime() {
        ClientHello classic = hello(CLASSIC);
        ClientHello hybrid = helloWithHybridOnly();
        Set<String> points = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            points.add(point(maker.flight(classic, KEY, RANDOM), 89));
            points.add(point(maker.flight(hybrid, KEY, RANDOM), 89 + 1088));
        }
        assertThat(points).hasSize(100);
    }

    /** The top bit of a real key is never set, while every second random string has it. */
    private static String point(byte[] flight, int at) {
        byte[] point = Arrays.copyOfRange(flight, at, at + 32);
        assertThat(point[31]).isNotNegative();
        return HexFormat.of().formatHex(point);
    }

    @Test
    void answersWhatIsNoMlKemKeyWithACiphertextForNobody() {
        String wire = Vectors.string(Vectors.client("faketls_client_hello", HYBRID), "wire");
        String beginning = "11ec04c0";
        int share = wire.indexOf(beginning);
        // Two coefficients out of range.
        ClientHello spoiled = hello(HYBRID, wire.substring(share, share + 14), beginning + "ffffff");
        FlightMaker hybrid = makerFor(0x1301, KeyShareGroup.X25519_MLKEM768, ExtensionOrder.KEY_SHARE_FIRST, 4711);
        byte[] flight = hybrid.flight(spoiled, KEY, CONSTANT);
        assertThat(u16(flight, 85)).isEqualTo(KeyShareGroup.X25519_MLKEM768.code());
        assertThat(ciphertext(flight)).isEqualTo(MlKem768.randomCiphertext(CONSTANT));
    }

    @Test
    void encapsulatesToTheClientsMlKemKeyIfTheJdkCan() {
        assumeTrue(Runtime.version().feature() >= 24, "a JDK with ML-KEM");
        MlKem768.warmUp();
        FlightMaker hybrid = makerFor(0x1301, KeyShareGroup.X25519_MLKEM768, ExtensionOrder.KEY_SHARE_FIRST, 4711);
        byte[] flight = hybrid.flight(hello(HYBRID), KEY, CONSTANT);
        assertThat(u16(flight, 85)).isEqualTo(KeyShareGroup.X25519_MLKEM768.code());
        assertThat(ciphertext(flight)).isNotEqualTo(MlKem768.randomCiphertext(CONSTANT));
    }

    private static byte[] ciphertext(byte[] flight) {
        return Arrays.copyOfRange(flight, 89, 89 + MlKem768.CIPHERTEXT_BYTES);
    }

    @Test
    void provesThatItKnowsTheSecret() {
        for (ClientHello hello : new ClientHello[] {hello(CLASSIC), hello(HYBRID), helloWithHybridOnly()}) {
            byte[] flight = maker.flight(hello, KEY, RANDOM);
            byte[] random = Arrays.copyOfRange(flight, 11, 43);
            assertThat(Arrays.copyOfRange(flight, 44, 76)).isEqualTo(hello.sessionId());
            Arrays.fill(flight, 11, 43, (byte) 0);
            assertThat(random).isEqualTo(HmacSha256.of(KEY, hello.random(), flight));
        }
    }

    /** A maker that has seen a site answer like that. */
    private static FlightMaker makerFor(int suite, KeyShareGroup group, ExtensionOrder order, int... sizes) {
        AtomicInteger next = new AtomicInteger();
        OriginProfiler profiler = Profiles.profiler(address -> new OriginAnswer(
                true, suite, group.code(), false, order, List.of(sizes[next.getAndIncrement() % sizes.length])));
        assertThat(profiler.refresh()).isTrue();
        return new FlightMaker(RANDOM, new KeyShares(RANDOM), profiler);
    }

    private static ServerHello read(byte[] flight) {
        FirstFlightReader reader = new FirstFlightReader();
        reader.read(ByteBuffer.wrap(flight));
        return reader.serverHello().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "1301, X25519, KEY_SHARE_FIRST",
        "1302, X25519, SUPPORTED_VERSIONS_FIRST",
        "1303, X25519_MLKEM768, SUPPORTED_VERSIONS_FIRST"
    })
    void answersAsTheSiteDoes(String suite, KeyShareGroup group, ExtensionOrder order) {
        int number = Integer.parseInt(suite, 16);
        FlightMaker maker = makerFor(number, group, order, 4711);
        byte[] flight = maker.flight(hello(HYBRID), KEY, RANDOM);
        assertThat(read(flight)).isEqualTo(new ServerHello(0x0304, number, group.code(), false, order));
        int at = group == KeyShareGroup.X25519 ? X25519_ENCRYPTED_AT : HYBRID_ENCRYPTED_AT;
        assertThat(encryptedBytes(flight, at)).isEqualTo(4711);
    }

    @Test
    void choosesNothingThatTheClientDoesNotOffer() {
        FlightMaker maker = makerFor(0x1399, KeyShareGroup.X25519_MLKEM768, ExtensionOrder.KEY_SHARE_FIRST, 4711);
        ServerHello answer = read(maker.flight(hello(CLASSIC), KEY, RANDOM));
        assertThat(answer.cipherSuite())
                .isEqualTo(hello(CLASSIC).preferredTls13Suite().orElseThrow());
        assertThat(answer.group()).isEqualTo(KeyShareGroup.X25519.code());
    }

    @Test
    void isAsLongAsTheSiteWasOneTimeOrAnother() {
        FlightMaker maker = makerFor(0x1301, KeyShareGroup.X25519, ExtensionOrder.KEY_SHARE_FIRST, 1000, 1001, 1002);
        Set<Integer> sizes = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            sizes.add(encryptedBytes(maker.flight(hello(CLASSIC), KEY, RANDOM), X25519_ENCRYPTED_AT));
        }
        assertThat(sizes).containsExactlyInAnyOrder(1000, 1001, 1002);
    }
}
