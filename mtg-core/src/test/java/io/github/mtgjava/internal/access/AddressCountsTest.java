package io.github.mtgjava.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressCountsTest {

    private final AddressCounts counts = new AddressCounts();

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    @Test
    void countsUpAndDownAndForgetsWhoHasNone() throws Exception {
        InetAddress one = address("192.0.2.1");
        assertThat(counts.enter(one)).isEqualTo(1);
        assertThat(counts.enter(one)).isEqualTo(2);
        counts.leave(one);
        assertThat(counts.enter(one)).isEqualTo(2);
        counts.leave(one);
        counts.leave(one);
        assertThat(counts.addresses()).isZero();
        assertThat(counts.enter(one)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8::1, 2001:db8::ffff:ffff:ffff:ffff, true",
        "2001:db8::1, 2001:db8:0:1::1, false",
        "192.0.2.1, 192.0.2.2, false",
        "192.0.2.1, 255.0.2.1, false",
        "192.0.2.1, ::c000:201, false",
        "192.0.2.1, ::ffff:192.0.2.1, true",
        "64:ff9b::192.0.2.1, 64:ff9b::192.0.2.2, false",
        "64:ff9b::192.0.2.1, 192.0.2.1, true"
    })
    void knowsWhoIsTheSame(String one, String other, boolean same) throws Exception {
        counts.enter(address(one));
        assertThat(counts.enter(address(other))).isEqualTo(same ? 2 : 1);
        assertThat(counts.addresses()).isEqualTo(same ? 1 : 2);
    }

    @Test
    void losesNobodyWhenManyComeAndGoAtOnce() throws Exception {
        InetAddress[] addresses = {address("192.0.2.1"), address("192.0.2.2"), address("2001:db8::1")};
        IntStream.range(0, 30_000).parallel().forEach(i -> {
            counts.enter(addresses[i % 3]);
            counts.enter(addresses[i % 3]);
            counts.leave(addresses[i % 3]);
        });
        for (InetAddress one : addresses) {
            assertThat(counts.enter(one)).isEqualTo(10_001);
        }
    }
}
