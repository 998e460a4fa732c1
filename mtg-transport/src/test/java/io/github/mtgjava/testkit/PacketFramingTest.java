package io.github.mtgjava.testkit;

import static io.github.mtgjava.testkit.ClientVectors.bytes;
import static io.github.mtgjava.testkit.ClientVectors.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PacketFramingTest {
    static Stream<JsonObject> uplink() {
        return ClientVectors.all("transport_framing")
                .filter(vector -> text(vector, "direction").equals("client->proxy"));
    }

    private static PacketFraming framing(JsonObject vector) {
        return new PacketFraming(
                switch (text(vector, "transport")) {
                    case "abridged" -> ClientOptions.ABRIDGED;
                    case "intermediate" -> ClientOptions.INTERMEDIATE;
                    default -> ClientOptions.PADDED;
                });
    }

    @ParameterizedTest
    @MethodSource("uplink")
    void readsAndWritesAsTheVectorsSay(JsonObject vector) throws IOException {
        PacketFraming framing = framing(vector);
        byte[] wire = bytes(vector, "wire");
        String payload = vector.has("payload_seen_by_mod4_reader") ? "payload_seen_by_mod4_reader" : "payload";
        assertThat(framing.read(new ByteArrayInputStream(wire))).contains(bytes(vector, payload));
        if (!vector.get("quick_ack").getAsBoolean()
                && !text(vector, "transport").equals("padded")) {
            assertThat(framing.wrap(bytes(vector, "payload"), 0, new Random(1))).isEqualTo(wire);
        }
    }

    @Test
    void padsOnlyThePaddedTransport() throws IOException {
        PacketFraming framing = new PacketFraming(ClientOptions.PADDED);
        Random random = new Random(1);
        byte[] payload = PatternStream.bytes(1, 40);
        for (int i = 0; i < 100; i++) {
            byte[] packet = framing.wrap(payload, 3, random);
            assertThat(packet.length).isBetween(44, 47);
            assertThat(framing.read(new ByteArrayInputStream(packet))).contains(payload);
        }
    }

    @Test
    void tellsTheEndOfTheStreamFromATruncatedPacket() throws IOException {
        PacketFraming framing = new PacketFraming(ClientOptions.INTERMEDIATE);
        assertThat(framing.read(new ByteArrayInputStream(new byte[0]))).isEmpty();
        assertThatThrownBy(() -> framing.read(new ByteArrayInputStream(new byte[] {4, 0, 0, 0, 1})))
                .isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> framing.read(new ByteArrayInputStream(new byte[] {0, 0, 0, 0})))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void answersRequestsForPq() {
        Random random = new Random(1);
        byte[] nonce = PatternStream.bytes(1, 16);
        byte[] answer = PqExchange.answer(PqExchange.request(nonce, random), random);
        assertThat(answer).hasSize(84);
        PqExchange.verify(answer, nonce);
        byte[] otherNonce = PatternStream.bytes(2, 16);
        assertThatThrownBy(() -> PqExchange.verify(answer, otherNonce)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> PqExchange.answer(answer, random)).isInstanceOf(AssertionError.class);
    }
}
