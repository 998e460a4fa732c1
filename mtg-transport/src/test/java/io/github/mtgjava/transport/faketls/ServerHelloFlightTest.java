package io.github.mtgjava.transport.faketls;

import static io.github.mtgjava.testkit.Vectors.bytes;
import static io.github.mtgjava.testkit.Vectors.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonObject;
import io.github.mtgjava.crypto.HmacSha256;
import io.github.mtgjava.testkit.Vectors;
import io.github.mtgjava.transport.faketls.ServerHelloFlight.Parameters;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerHelloFlightTest {

    private static final byte[] KEY = new byte[16];

    @TestFactory
    Stream<DynamicTest> writesEveryVectorToTheByte() {
        return Vectors.each(Vectors.client("faketls_server_hello"), vector -> {
            ClientHello hello = Hellos.read(Hellos.vector(string(vector, "client_hello")));
            byte[] flight = ServerHelloFlight.write(hello, bytes(vector, "secret16"), parameters(vector));
            assertThat(flight).isEqualTo(bytes(vector, "packet"));
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31})
    void echoesASessionIdOfAnotherLength(int length) {
        ClientHello hello = Hellos.read(HelloBuilder.hello()
                .sessionId(length)
                .extension(0x15, new byte[100])
                .wire());

        byte[] flight = ServerHelloFlight.write(hello, KEY, parameters(32, 700));

        assertThat(Tls.unsigned16(flight, 3)).isEqualTo(122 - (32 - length));
        assertThat(Tls.unsigned16(flight, 7)).isEqualTo(118 - (32 - length));
        assertThat(flight[43]).isEqualTo((byte) length);
        assertThat(Tls.unsigned16(flight, 43 + 1 + length + 3)).isEqualTo(46);
        byte[] zeroed = flight.clone();
        Arrays.fill(zeroed, 11, 43, (byte) 0);
        assertThat(Arrays.copyOfRange(flight, 11, 43)).isEqualTo(HmacSha256.of(KEY, hello.random(), zeroed));
    }

    @Test
    void holdsExactlyOneFullRecord() {
        ClientHello hello = Hellos.read(Hellos.classic());
        byte[] flight = ServerHelloFlight.write(hello, KEY, parameters(32, RecordSlots.MAX_PAYLOAD));
        assertThat(Tls.unsigned16(flight, 136)).isEqualTo(16_401);
        assertThat(flight).hasSize(138 + 16_401);
    }

    @Test
    void refusesParametersOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> parameters(31, 1000));
        assertThatIllegalArgumentException().isThrownBy(() -> parameters(32, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> parameters(32, RecordSlots.MAX_PAYLOAD + 1));
        for (int suite : new int[] {-1, 0x1_0000}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Parameters(
                            suite, KeyShareGroup.X25519, new byte[32], ExtensionOrder.KEY_SHARE_FIRST, new byte[100]));
        }
    }

    @Test
    void takesTheExtremesOfEveryRange() {
        for (int suite : new int[] {0, 0xffff}) {
            assertThat(new Parameters(
                                    suite,
                                    KeyShareGroup.X25519,
                                    new byte[32],
                                    ExtensionOrder.KEY_SHARE_FIRST,
                                    new byte[1])
                            .cipherSuite())
                    .isEqualTo(suite);
        }
    }

    private static Parameters parameters(int share, int encrypted) {
        return new Parameters(
                0x1301, KeyShareGroup.X25519, new byte[share], ExtensionOrder.KEY_SHARE_FIRST, new byte[encrypted]);
    }

    private static Parameters parameters(JsonObject vector) {
        int group = Integer.parseInt(string(vector, "group"), 16);
        return new Parameters(
                Integer.parseInt(string(vector, "cipher_suite"), 16),
                Stream.of(KeyShareGroup.values())
                        .filter(candidate -> candidate.code() == group)
                        .findFirst()
                        .orElseThrow(),
                bytes(vector, "key_exchange"),
                string(vector, "extension_order").equals("33,2b")
                        ? ExtensionOrder.KEY_SHARE_FIRST
                        : ExtensionOrder.SUPPORTED_VERSIONS_FIRST,
                bytes(vector, "app_data"));
    }
}
