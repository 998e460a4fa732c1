package io.github.mtgjava.testkit;

import static io.github.mtgjava.testkit.ClientVectors.bytes;
import static io.github.mtgjava.testkit.ClientVectors.text;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ServerFlightTest {
    private static final JsonObject CLASSIC = ClientVectors.named("faketls_server_hello", "mtg 1.0 layout, x25519");

    static Stream<JsonObject> flights() {
        return ClientVectors.all("faketls_server_hello");
    }

    private static void verify(JsonObject vector, byte[] flight) throws Exception {
        ClientHello hello = ClientVectors.hello(text(vector, "client_hello"));
        ServerFlight.verify(new ByteArrayInputStream(flight), hello, bytes(vector, "secret16"));
    }

    @ParameterizedTest
    @MethodSource("flights")
    void acceptsTheFlightsOfTheVectors(JsonObject vector) {
        assertThatCode(() -> verify(vector, bytes(vector, "packet"))).doesNotThrowAnyException();
    }

    /** Each flight is signed anew, so nothing but the change itself can be noticed. */
    @ParameterizedTest
    @CsvSource({
        "0, 17, does not begin with 16 03 03",
        "5, 01, not one whole ServerHello",
        "9, 02, legacy version",
        "44, 55, session id is not echoed",
        "76, c0, was not offered",
        "77, 09, was not offered",
        "78, 01, compression",
        "80, 2f, extensions do not fill",
        "82, 34, no key_share",
        "86, 1e, no key share was sent for the chosen group 001e",
        "88, 21, key share of 33 bytes",
        "82, 2b, version chosen is not TLS 1.3",
        "122, 2c, no supported_versions",
        "126, 03, version chosen is not TLS 1.3",
        "127, 15, no ChangeCipherSpec",
        "132, 02, no ChangeCipherSpec",
        "133, 16, no ChangeCipherSpec",
    })
    void refusesFlightsWithOneWrongByte(int offset, String value, String message) {
        byte[] flight = bytes(CLASSIC, "packet");
        flight[offset] = (byte) Integer.parseInt(value, 16);
        Arrays.fill(flight, 11, 43, (byte) 0);
        byte[] random = ClientHello.hmac(bytes(CLASSIC, "secret16"), bytes(CLASSIC, "client_random"), flight);
        System.arraycopy(random, 0, flight, 11, 32);
        assertThatThrownBy(() -> verify(CLASSIC, flight))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesAWrongDigest() {
        byte[] flight = bytes(CLASSIC, "packet");
        flight[flight.length - 1] ^= 1;
        assertThatThrownBy(() -> verify(CLASSIC, flight))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("digest");
    }

    @Test
    void refusesSurplusBytes() {
        byte[] flight = bytes(CLASSIC, "packet");
        byte[] longer = Arrays.copyOf(flight, flight.length + 1);
        assertThatThrownBy(() -> verify(CLASSIC, longer))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("more bytes");
    }

    @Test
    void reportsATruncatedFlightAsLostConnection() {
        byte[] flight = bytes(CLASSIC, "packet");
        byte[] shorter = Arrays.copyOf(flight, flight.length - 1);
        assertThatThrownBy(() -> verify(CLASSIC, shorter)).isInstanceOf(EOFException.class);
    }
}
