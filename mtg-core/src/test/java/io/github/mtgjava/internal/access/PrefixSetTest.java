package io.github.mtgjava.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixSetTest {

    private static PrefixSet set(String... lines) {
        PrefixList list = PrefixList.parse(String.join("\n", lines));
        assertThat(list.skippedLines()).isZero();
        return list.prefixes();
    }

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.0, 192.0.2.255, 192.0.1.255, 192.0.3.0",
        "192.0.2.77/24, 192.0.2.0, 192.0.2.255, 192.0.1.255, 192.0.3.0",
        "192.0.2.7, 192.0.2.7, 192.0.2.7, 192.0.2.6, 192.0.2.8",
        "192.0.2.7/32, 192.0.2.7, 192.0.2.7, 192.0.2.6, 192.0.2.8",
        "128.0.0.0/1, 128.0.0.0, 255.255.255.255, 127.255.255.255, 0.0.0.0",
        "192.0.2.3-192.0.2.9, 192.0.2.3, 192.0.2.9, 192.0.2.2, 192.0.2.10",
        "2001:db8::/32, 2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, 2001:db7:ffff::, 2001:db9::",
        "2001:db8::/64, 2001:db8::, 2001:db8::ffff:ffff:ffff:ffff, 2001:db7:ffff::, 2001:db8:0:1::",
        "2001:db8::8000:0:0:0/65, 2001:db8::8000:0:0:0, 2001:db8::ffff:ffff:ffff:ffff, 2001:db8::7fff:0:0:0, 2001:db8:0:1::",
        "2001:db8::5, 2001:db8::5, 2001:db8::5, 2001:db8::4, 2001:db8::6",
        "2001:db8::5/128, 2001:db8::5, 2001:db8::5, 2001:db8::4, 2001:db8::6",
        "8000::/1, 8000::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ::",
        "2001:db8::ffff:ffff:ffff:ffff-2001:db8:0:1::, 2001:db8::ffff:ffff:ffff:ffff, 2001:db8:0:1::, 2001:db8::ffff:ffff:ffff:fffe, 2001:db8:0:1::1"
    })
    void endsWhereTheEntryEnds(String entry, String first, String last, String before, String after)
            throws UnknownHostException {
        PrefixSet set = set(entry);
        assertThat(set.contains(address(first))).isTrue();
        assertThat(set.contains(address(last))).isTrue();
        assertThat(set.contains(address(before))).isFalse();
        assertThat(set.contains(address(after))).isFalse();
        assertThat(set.ranges()).isEqualTo(1);
    }

    @Test
    void allOfAFamilyIsNothingOfTheOther() throws UnknownHostException {
        for (String one : List.of("0.0.0.0", "255.255.255.255", "192.0.2.1", "::ffff:192.0.2.1")) {
            assertThat(set("0.0.0.0/0").contains(address(one))).as(one).isTrue();
            assertThat(set("::/0").contains(address(one))).as(one).isFalse();
        }
        for (String one : List.of("::", "::1", "::c000:201", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")) {
            assertThat(set("::/0").contains(address(one))).as(one).isTrue();
            assertThat(set("0.0.0.0/0").contains(address(one))).as(one).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"::ffff:192.0.2.1", "::ffff:192.0.2.0/120", "::ffff:c000:200-::ffff:c000:205"})
    void ipv4InTheGuiseOfIpv6IsIpv4(String entry) throws UnknownHostException {
        assertThat(set(entry).contains(address("192.0.2.1"))).isTrue();
        assertThat(set(entry).contains(address("192.0.3.1"))).isFalse();
    }

    /** Where a translator stands before a server that speaks IPv6 only. */
    @Test
    void ipv4ThatWasTranslatedIsIpv4() throws UnknownHostException {
        PrefixSet set = set("192.0.2.0/24");
        assertThat(set.contains(address("64:ff9b::192.0.2.1"))).isTrue();
        assertThat(set.contains(address("64:ff9b::192.0.3.1"))).isFalse();
        assertThat(set.contains(address("64:ff9b::1:192.0.2.1"))).isFalse();
        assertThat(set.contains(address("64:ff9c::192.0.2.1"))).isFalse();
        assertThat(set("64:ff9b::/96").contains(address("64:ff9b::192.0.3.1"))).isTrue();
        assertThat(set("10.0.0.0/8").without(PrefixSet.LOCAL).contains(address("64:ff9b::10.0.0.1")))
                .isFalse();
    }

    @Test
    void anEmptySetHasNobody() throws UnknownHostException {
        assertThat(set().contains(address("192.0.2.1"))).isFalse();
        assertThat(set().contains(address("::1"))).isFalse();
        assertThat(set().ranges()).isZero();
    }

    @Test
    void joinsWhatTouchesAndWhatOverlaps() {
        assertThat(set("192.0.2.0/25", "192.0.2.128/25")).isEqualTo(set("192.0.2.0/24"));
        assertThat(set("192.0.2.128/25", "192.0.2.0/25", "192.0.2.7").ranges()).isEqualTo(1);
        assertThat(set("192.0.2.0", "192.0.2.2").ranges()).isEqualTo(2);
        assertThat(set("192.0.2.1-192.0.2.9", "192.0.2.5-192.0.2.20")).isEqualTo(set("192.0.2.1-192.0.2.20"));
        assertThat(set("0.0.0.0/1", "128.0.0.0/1", "255.255.255.255")).isEqualTo(set("0.0.0.0/0"));
        assertThat(set("::/1", "8000::/1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"))
                .isEqualTo(set("::/0"));
        assertThat(set("2001:db8::/64", "2001:db8:0:1::/64")).isEqualTo(set("2001:db8::/63"));
    }

    @Test
    void leavesOutOthers() {
        assertThat(set("10.0.0.0/7").without(set("10.0.0.0/8"))).isEqualTo(set("11.0.0.0/8"));
        assertThat(set("192.0.2.0/24").without(set("192.0.2.10-192.0.2.20")))
                .isEqualTo(set("192.0.2.0-192.0.2.9", "192.0.2.21-192.0.2.255"));
        assertThat(set("192.0.2.0/24", "2001:db8::/32").without(set("192.0.0.0/8", "2001:db8::/32")))
                .isEqualTo(set());
        assertThat(set("192.0.2.0/24").without(set("198.51.100.0/24", "::/0"))).isEqualTo(set("192.0.2.0/24"));
        assertThat(set("::/0").without(set("0:0:0:1::/64", "8000::/1")))
                .isEqualTo(set("::/64", "0:0:0:2::-7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "127.0.0.1",
                "169.254.1.1",
                "100.64.0.1",
                "::1",
                "fe80::1",
                "fd00::1"
            })
    void knowsWhatIsLocal(String address) throws UnknownHostException {
        assertThat(PrefixSet.LOCAL.contains(address(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"11.0.0.1", "172.32.0.1", "192.169.0.1", "100.128.0.1", "8.8.8.8", "2001:db8::1", "::2"})
    void knowsWhatIsNotLocal(String address) throws UnknownHostException {
        assertThat(PrefixSet.LOCAL.contains(address(address))).isFalse();
    }

    /** What the entries say, each by itself. */
    private record Naive(BigInteger first, BigInteger last) {

        static Naive of(byte[] address, int bits) {
            BigInteger hosts = BigInteger.ONE.shiftLeft(8 * address.length - bits);
            BigInteger first = new BigInteger(1, address).divide(hosts).multiply(hosts);
            return new Naive(first, first.add(hosts).subtract(BigInteger.ONE));
        }

        boolean contains(BigInteger address) {
            return first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 16})
    void agreesWithANaiveOne(int length) throws UnknownHostException {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            List<Naive> naive = new ArrayList<>();
            List<Range> ranges = new ArrayList<>();
            List<byte[]> interesting = new ArrayList<>();
            for (int i = random.nextInt(12); i >= 0; i--) {
                byte[] address = crowded(random, length);
                int bits = random.nextInt(8 * length + 1);
                naive.add(Naive.of(address, bits));
                ranges.add(Range.ofPrefix(address, bits));
                interesting.add(address);
            }
            PrefixSet set = length == 4 ? PrefixSet.of(ranges, List.of()) : PrefixSet.of(List.of(), ranges);
            naive.forEach(one -> {
                for (int step = -1; step <= 1; step++) {
                    interesting.add(bytes(one.first().add(BigInteger.valueOf(step)), length));
                    interesting.add(bytes(one.last().add(BigInteger.valueOf(step)), length));
                }
            });
            for (int i = 0; i < 20; i++) {
                interesting.add(crowded(random, length));
            }
            for (byte[] address : interesting) {
                BigInteger number = new BigInteger(1, address);
                boolean expected = naive.stream().anyMatch(one -> one.contains(number));
                InetAddress asked = InetAddress.getByAddress(address);
                // Those of IPv4 in the guise of IPv6 are another family.
                if (asked.getAddress().length == length) {
                    assertThat(set.contains(asked))
                            .as("seed %d, %s", seed, asked)
                            .isEqualTo(expected);
                }
            }
        }
    }

    /** From a few values, so that prefixes meet. */
    private static byte[] crowded(Random random, int length) {
        byte[] address = new byte[length];
        for (int i = 0; i < length; i++) {
            address[i] = (byte) new int[] {0, 0, 1, 127, 128, 255}[random.nextInt(6)];
        }
        return address;
    }

    /** Beyond the ends it goes on at the other one. */
    private static byte[] bytes(BigInteger number, int length) {
        byte[] padded = new byte[length + 1];
        byte[] digits = number.mod(BigInteger.ONE.shiftLeft(8 * length))
                .add(BigInteger.ONE.shiftLeft(8 * length))
                .toByteArray();
        System.arraycopy(digits, digits.length - length - 1, padded, 0, length + 1);
        return Arrays.copyOfRange(padded, 1, length + 1);
    }

    @Test
    void holdsAHundredThousand() throws UnknownHostException {
        List<Range> ranges = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            int number = 2 * i << 8;
            ranges.add(Range.ofPrefix(
                    new byte[] {(byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8), 0}, 24));
        }
        PrefixSet set = PrefixSet.of(ranges, List.of());
        assertThat(set.ranges()).isEqualTo(100_000);
        for (int i = 0; i < 100_000; i += 997) {
            byte[] inside = {(byte) (2 * i >> 16), (byte) (2 * i >> 8), (byte) (2 * i), 99};
            assertThat(set.contains(InetAddress.getByAddress(inside))).isTrue();
            inside[2]++;
            assertThat(set.contains(InetAddress.getByAddress(inside))).isFalse();
        }
    }
}
