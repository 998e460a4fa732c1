package io.github.mtgjava.transport.middleproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    private static final byte[] MAPPED = HexFormat.of().parseHex("00000000000000000000ffffc0000201");

    @Test
    void takesAMappedAddressForTheIpv4OneItStandsFor() {
        Endpoint end = Endpoint.of(MAPPED, 443);
        assertThat(end.isIpv4()).isTrue();
        assertThat(end.address()).containsExactly(192, 0, 2, 1);
    }

    @Test
    void takesAnAddressThatDiffersInAnyByteOfTheMarkForAnIpv6One() {
        for (int i = 0; i < 12; i++) {
            byte[] almost = MAPPED.clone();
            almost[i] ^= 1;
            Endpoint end = Endpoint.of(almost, 443);
            assertThat(end.isIpv4()).as("byte " + i).isFalse();
            assertThat(end.address()).isEqualTo(almost);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535})
    void takesEveryPort(int port) {
        assertThat(Endpoint.of(new byte[4], port).port()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536, Integer.MIN_VALUE})
    void refusesWhatIsNoPort(int port) {
        assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.of(new byte[4], port));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 5, 15, 17})
    void refusesAddressesOfAnotherLength(int bytes) {
        assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.of(new byte[bytes], 1));
    }

    @Test
    void copiesTheAddress() {
        byte[] address = {1, 2, 3, 4};
        Endpoint end = Endpoint.of(address, 1);
        address[0] = 9;
        assertThat(end.address()).containsExactly(1, 2, 3, 4);
    }
}
