package io.github.mtgjava.transport.obfuscated2;

import static io.github.mtgjava.testkit.Vectors.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.gson.JsonObject;
import io.github.mtgjava.crypto.AesCtr;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.testkit.Vectors;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TelegramFrameTest {

    /** Without the mtg 1.0 style, which leaves the DC bytes random: this proxy always writes the client's value. */
    private static final List<JsonObject> VECTORS = Vectors.client("obfuscated2_telegram").stream()
            .filter(vector -> vector.get("writes_dc").getAsBoolean())
            .toList();

    @Test
    void leavesOutNothingButTheStyleOfMtg1() {
        assertThat(VECTORS).hasSize(4);
        assertThat(Vectors.client("obfuscated2_telegram")).hasSize(5);
    }

    @TestFactory
    Stream<DynamicTest> drawsEveryVector() {
        return Vectors.each(VECTORS, vector -> {
            TelegramFrame frame = frame(vector);
            assertThat(frame.wire()).isEqualTo(bytes(vector, "frame"));
            assertThat(frame.isPassThrough()).isEqualTo(isPassThrough(vector));
        });
    }

    @TestFactory
    Stream<DynamicTest> encryptsTheUplinkOfEveryVector() {
        return Vectors.each(VECTORS, vector -> {
            assertThat(transformed(frame(vector).uplink(), new byte[64]))
                    .isEqualTo(bytes(vector, "up_keystream_64_127"));
            assertThat(transformed(frame(vector).uplink(), bytes(vector, "up_plain")))
                    .isEqualTo(bytes(vector, "up_cipher"));
        });
    }

    @TestFactory
    Stream<DynamicTest> decryptsTheDownlinkUnlessItPassesThrough() {
        return Vectors.each(VECTORS, vector -> {
            TelegramFrame frame = frame(vector);
            byte[] wire = bytes(vector, "telegram_down_wire");
            if (isPassThrough(vector)) {
                assertThatIllegalStateException().isThrownBy(frame::downlink);
                assertThat(transformed(client(vector).downlink(), wire))
                        .isEqualTo(bytes(vector, "telegram_down_plain"));
            } else {
                assertThat(transformed(frame.downlink(), wire)).isEqualTo(bytes(vector, "telegram_down_plain"));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ef01020304050607",
                "4845414404050607",
                "504f535404050607",
                "4745542004050607",
                "4f50544904050607",
                "dddddddd04050607",
                "eeeeeeee04050607",
                "1603010204050607",
                "0102030400000000"
            })
    void redrawsForbiddenBeginnings(String beginning) {
        byte[] forbidden = Arrays.copyOf(HexFormat.of().parseHex(beginning), 64);
        byte[] allowed = new byte[64];
        Arrays.fill(allowed, (byte) 7);

        TelegramFrame frame =
                TelegramFrame.create(ProtocolTag.ABRIDGED, new DcId(2), draws(forbidden, forbidden, allowed));

        assertThat(frame.wire()).startsWith(7, 7, 7, 7, 7, 7, 7, 7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eeeeeedd01000000", "dddddd0000000001", "1603010300000100", "0000000001000000"})
    void keepsBeginningsThatOnlyResembleForbiddenOnes(String beginning) {
        byte[] allowed = Arrays.copyOf(HexFormat.of().parseHex(beginning), 64);
        TelegramFrame frame = TelegramFrame.create(ProtocolTag.ABRIDGED, new DcId(2), draws(allowed));
        assertThat(frame.wire()).startsWith(HexFormat.of().parseHex(beginning));
    }

    @Test
    void handsOutCopiesOfTheWireBytes() {
        TelegramFrame frame = TelegramFrame.create(ProtocolTag.INTERMEDIATE, new DcId(2), RandomSource.secure());
        byte[] wire = frame.wire();
        frame.wire()[0]++;
        assertThat(frame.wire()).isEqualTo(wire);
    }

    private static TelegramFrame frame(JsonObject vector) {
        RandomSource random = draws(bytes(vector, "random64"));
        ClientFrame client = client(vector);
        return isPassThrough(vector)
                ? TelegramFrame.passThrough(client, random)
                : TelegramFrame.create(client.tag(), client.dc(), random);
    }

    private static ClientFrame client(JsonObject vector) {
        JsonObject clientVector = Vectors.client("obfuscated2_client", Vectors.string(vector, "client_vector"));
        ClientFrameDecoder decoder = new ClientFrameDecoder(bytes(clientVector, "secret16"));
        decoder.decode(ByteBuffer.wrap(bytes(clientVector, "frame")));
        return decoder.frame();
    }

    private static boolean isPassThrough(JsonObject vector) {
        return vector.get("fast").getAsBoolean();
    }

    /** A source that gives exactly these 64-byte draws and fails on any other. */
    private static RandomSource draws(byte[]... draws) {
        ByteBuffer script = ByteBuffer.allocate(64 * draws.length);
        Stream.of(draws).forEach(script::put);
        script.flip();
        return script::get;
    }

    private static byte[] transformed(AesCtr cipher, byte[] in) {
        byte[] out = new byte[in.length];
        cipher.transform(in, 0, in.length, out, 0);
        return out;
    }
}
