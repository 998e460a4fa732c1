package io.github.mtgjava.transport.faketls;

import static io.github.mtgjava.testkit.Vectors.bytes;
import static io.github.mtgjava.testkit.Vectors.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonObject;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.testkit.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHelloWriterTest {

    private static final byte[] KEY = new byte[16];
    private static final String HOST = "mask.example";
    private static final RandomSource RANDOM = new Random(1)::nextBytes;
    private static final JsonObject CAPTURED = Vectors.realClientHellos().stream()
            .filter(vector -> string(vector, "client").equals("TDLib 1.8.67"))
            .findFirst()
            .orElseThrow();

    /** An extension as it stands in a hello, GREASE named as such. */
    private record Extension(String type, byte[] content) {}

    @Test
    void isReadAndAuthenticated() {
        for (long time : new long[] {0, 1_750_000_000L, 0xffff_ffffL}) {
            ClientHello hello = Hellos.read(ClientHelloWriter.authenticated(HOST, KEY, time, RANDOM));
            assertThat(hello.authenticate(KEY)).hasValue(time);
            assertThat(hello.authenticate(new byte[] {1})).isEmpty();
            assertThat(hello.serverName()).hasValue(HOST);
            assertThat(hello.sessionId()).hasSize(32);
            assertThat(hello.preferredTls13Suite()).hasValue(0x1301);
            assertThat(KeyShareGroup.values()).allMatch(hello::sharesKey);
        }
    }

    @Test
    void ofALaterTimeSendsTheLow32Bits() {
        ClientHello hello = Hellos.read(ClientHelloWriter.authenticated(HOST, KEY, 0x1_0000_0005L, RANDOM));
        assertThat(hello.authenticate(KEY)).hasValue(5);
    }

    @Test
    void isAnonymousIfAsked() {
        byte[] record = ClientHelloWriter.anonymous(HOST, RANDOM);
        assertThat(Hellos.read(record).authenticate(KEY)).isEmpty();
        assertThat(Arrays.copyOfRange(record, 11, 43)).isNotEqualTo(new byte[32]);
    }

    @Test
    void hasTheExtensionsOfARealClient() {
        assertThat(shape(ClientHelloWriter.anonymous(HOST, RANDOM))).isEqualTo(shape(bytes(CAPTURED, "wire")));
    }

    @Test
    void hasTheLengthsOfARealClient() {
        Set<Integer> lengths = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            lengths.add(ClientHelloWriter.anonymous(HOST, RANDOM).length);
        }
        int shortest = 1716 + HOST.length();
        assertThat(lengths).containsExactlyInAnyOrder(shortest, shortest + 32, shortest + 64, shortest + 96);
    }

    @Test
    void shufflesItsExtensionsBetweenTwoOfGrease() {
        Set<List<String>> orders = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            byte[] hello = ClientHelloWriter.anonymous(HOST, RANDOM);
            List<String> types = extensions(hello).stream().map(Extension::type).toList();
            assertThat(types).startsWith("grease").endsWith("grease").hasSize(18);
            assertThat(types.subList(1, 17)).doesNotContain("grease").doesNotHaveDuplicates();
            orders.add(types);
        }
        assertThat(orders).hasSizeGreaterThan(15);
    }

    @Test
    void neverRepeatsAnExtension() {
        // Draws the same GREASE each time.
        RandomSource constant = target -> Arrays.fill(target, (byte) 0);
        byte[] hello = ClientHelloWriter.anonymous(HOST, constant);
        int first = firstExtension(hello);
        assertThat(Tls.unsigned16(hello, first)).isEqualTo(0x0a0a);
        assertThat(Tls.unsigned16(hello, hello.length - 5)).isEqualTo(0x1a1a);
    }

    @Test
    void sendsAWellFormedPostQuantumShare() {
        for (int i = 0; i < 20; i++) {
            byte[] shares = content(ClientHelloWriter.anonymous(HOST, RANDOM), "0033");
            assertThat(Tls.unsigned16(shares, 7)).isEqualTo(0x11ec);
            int key = 11;
            for (int at = key; at < key + 1152; at += 3) {
                int low = shares[at] & 0xff | (shares[at + 1] & 0x0f) << 8;
                int high = (shares[at + 1] & 0xf0) >> 4 | (shares[at + 2] & 0xff) << 4;
                assertThat(low).isLessThan(3329);
                assertThat(high).isLessThan(3329);
            }
            assertThat(shares[key + 1216 - 1]).isNotNegative();
            assertThat(shares[shares.length - 1]).isNotNegative();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "tab\t", "ümlaut.example", "nul\0"})
    void refusesWhatIsNoHost(String host) {
        assertThatIllegalArgumentException().isThrownBy(() -> ClientHelloWriter.anonymous(host, RANDOM));
    }

    @Test
    void takesHostsUpToTheLongest() {
        String longest = "a".repeat(ClientHelloWriter.MAX_HOST_BYTES);
        for (int i = 0; i < 50; i++) {
            assertThat(Hellos.read(ClientHelloWriter.anonymous(longest, RANDOM)).serverName())
                    .hasValue(longest);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> ClientHelloWriter.anonymous(longest + "a", RANDOM));
    }

    /** What is the same in every hello of a kind: contents without random parts, lengths of the others. */
    private static Map<String, String> shape(byte[] hello) {
        Map<String, String> shape = new TreeMap<>();
        for (Extension extension : extensions(hello)) {
            String content = HexFormat.of().formatHex(extension.content());
            shape.merge(
                    extension.type(),
                    switch (extension.type()) {
                        case "0033" -> "keys of " + extension.content().length;
                        case "fe0d" -> content.substring(0, 10);
                        // Their first number is GREASE.
                        case "000a" -> content.substring(0, 4) + content.substring(8);
                        case "002b" -> content.substring(0, 2) + content.substring(6);
                        default -> content;
                    },
                    (one, other) -> one + "," + other);
        }
        return shape;
    }

    private static byte[] content(byte[] hello, String type) {
        return extensions(hello).stream()
                .filter(extension -> extension.type().equals(type))
                .findFirst()
                .orElseThrow()
                .content();
    }

    private static int firstExtension(byte[] hello) {
        return 76 + 2 + Tls.unsigned16(hello, 76) + 2 + 2;
    }

    private static List<Extension> extensions(byte[] hello) {
        List<Extension> extensions = new ArrayList<>();
        for (int at = firstExtension(hello); at < hello.length; ) {
            int type = Tls.unsigned16(hello, at);
            int end = at + 4 + Tls.unsigned16(hello, at + 2);
            String name = Tls.isGrease(type) ? "grease" : String.format("%04x", type);
            extensions.add(new Extension(name, Arrays.copyOfRange(hello, at + 4, end)));
            at = end;
        }
        return extensions;
    }
}
