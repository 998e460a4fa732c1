package io.github.mtgjava.testkit;

import static io.github.mtgjava.testkit.Vectors.bytes;
import static io.github.mtgjava.testkit.Vectors.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Keys and frames of the fake are right by the vectors, not by agreeing with our own codecs. */
class MiddleFramesTest {

    private static final InputStream NOTHING = InputStream.nullInputStream();

    @TestFactory
    Stream<DynamicTest> derivesTheKeysOfEveryVector() {
        return Vectors.each(Vectors.middle("keys"), vector -> {
            MiddleCipher cipher = cipher(vector);
            byte[] block = new byte[64];
            JsonObject client = vector.getAsJsonObject("CLIENT");
            JsonObject server = vector.getAsJsonObject("SERVER");
            assertThat(cipher.incoming().update(block))
                    .isEqualTo(jdk(Cipher.DECRYPT_MODE, client).update(block));
            assertThat(cipher.outgoing().update(block))
                    .isEqualTo(jdk(Cipher.ENCRYPT_MODE, server).update(block));
        });
    }

    private static Cipher jdk(int mode, JsonObject keys) throws Exception {
        Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
        cipher.init(mode, new SecretKeySpec(bytes(keys, "key"), "AES"), new IvParameterSpec(bytes(keys, "iv")));
        return cipher;
    }

    private static MiddleCipher cipher(JsonObject vector) throws IOException {
        JsonArray client = vector.getAsJsonArray("client");
        JsonArray server = vector.getAsJsonArray("server");
        return new MiddleCipher(
                bytes(vector, "secret"),
                bytes(vector, "client_nonce"),
                bytes(vector, "server_nonce"),
                (int) vector.get("timestamp").getAsLong(),
                InetAddress.getByName(client.get(0).getAsString()),
                client.get(1).getAsInt(),
                InetAddress.getByName(server.get(0).getAsString()),
                server.get(1).getAsInt());
    }

    private static MiddleCipher cipher(String name) throws IOException {
        return cipher(Vectors.middle("keys").stream()
                .filter(vector -> string(vector, "name").equals(name))
                .findFirst()
                .orElseThrow());
    }

    @TestFactory
    Stream<DynamicTest> writesEveryFrame() {
        return Vectors.each(Vectors.middle("frames_encode"), "padded", vector -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            MiddleFrames frames =
                    new MiddleFrames(NOTHING, out, vector.get("seq").getAsInt());
            frames.writePadded(bytes(vector, "payload"));
            assertThat(out.toByteArray()).isEqualTo(bytes(vector, "padded"));
        });
    }

    @TestFactory
    Stream<DynamicTest> readsEveryFrameAndRefusesWhatIsNone() {
        return Vectors.each(Vectors.middle("frames_decode"), vector -> {
            InputStream in = new ByteArrayInputStream(bytes(vector, "plain_stream"));
            MiddleFrames frames = new MiddleFrames(
                    in,
                    OutputStream.nullOutputStream(),
                    vector.get("expect_first_seq").getAsInt());
            for (JsonElement payload : vector.getAsJsonArray("payloads")) {
                assertThat(frames.read().orElseThrow()).isEqualTo(HexFormat.of().parseHex(payload.getAsString()));
            }
            String result = string(vector, "result");
            if (result.startsWith("error")) {
                assertThatThrownBy(frames::read).isInstanceOf(AssertionError.class);
            } else {
                assertThat(frames.read()).isEmpty();
            }
        });
    }

    @Test
    void answersTheNonceOfTheVectors() throws IOException {
        JsonObject nonce = Vectors.middle().getAsJsonObject("nonce");
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        new MiddleFrames(NOTHING, written).write(bytes(nonce, "response_payload"));
        assertThat(written.toByteArray()).isEqualTo(bytes(nonce, "response_frame_44"));
        written.reset();
        new MiddleFrames(NOTHING, written).writePadded(bytes(nonce, "response_payload"));
        assertThat(written.toByteArray()).isEqualTo(bytes(nonce, "response_frame_48_padded"));

        InputStream request = new ByteArrayInputStream(bytes(nonce, "request_frame_48_padded"));
        MiddleFrames frames = new MiddleFrames(request, written);
        assertThat(frames.read().orElseThrow()).isEqualTo(bytes(nonce, "request_payload"));
        frames.skipPlainPadding();
        assertThat(request.available()).isZero();
    }

    @TestFactory
    Stream<DynamicTest> exchangesTheHandshakesOfTheVectors() {
        return Vectors.each(Vectors.middle("handshake"), "keys", vector -> {
            MiddleCipher cipher = cipher(string(vector, "keys"));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            MiddleFrames frames =
                    new MiddleFrames(new ByteArrayInputStream(bytes(vector, "request_encrypted")), out, -1);
            frames.encrypt(cipher.incoming(), cipher.outgoing());
            assertThat(frames.read().orElseThrow()).isEqualTo(bytes(vector, "request_payload"));
            frames.write(bytes(vector, "response_payload"));
            assertThat(out.toByteArray()).isEqualTo(bytes(vector, "response_encrypted"));
        });
    }

    private static List<JsonObject> steps(String direction) {
        List<JsonObject> steps = new ArrayList<>();
        for (JsonElement step : Vectors.middle().getAsJsonObject("session").getAsJsonArray("steps")) {
            if (string(step.getAsJsonObject(), "dir").equals(direction)) {
                steps.add(step.getAsJsonObject());
            }
        }
        return steps;
    }

    private static InputStream stream(List<JsonObject> steps) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        steps.forEach(step -> bytes.writeBytes(bytes(step, "bytes")));
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    @Test
    void readsWhatTheProxyOfTheSessionSends() throws IOException {
        MiddleFrames frames = new MiddleFrames(stream(steps("proxy->telegram")), OutputStream.nullOutputStream());
        JsonObject nonce = Vectors.middle().getAsJsonObject("nonce");
        assertThat(frames.read().orElseThrow()).isEqualTo(bytes(nonce, "request_payload"));
        frames.skipPlainPadding();
        MiddleCipher cipher = cipher("ipv4");
        frames.encrypt(cipher.incoming(), cipher.outgoing());
        assertThat(frames.read().orElseThrow())
                .isEqualTo(bytes(Vectors.middle("handshake").get(0), "request_payload"));
        FakeMiddleProxy.Request first = MiddleRequest.read(1, frames.read().orElseThrow());
        FakeMiddleProxy.Request second = MiddleRequest.read(1, frames.read().orElseThrow());
        assertThat(first.flags()).isEqualTo(0x4002100a);
        assertThat(first.clientPort()).isEqualTo(51_111);
        assertThat(second.flags()).isEqualTo(0xa8021008);
        assertThat(second.connectionId()).isEqualTo(0x8000_0000_0000_0001L);
        assertThat(frames.read().orElseThrow()).startsWith(0xa7, 0xea, 0x30, 0x84);
        assertThat(frames.read().orElseThrow())
                .isEqualTo(ReferenceLink.withId(ReferenceLink.CLOSE_CONN, first.connectionId()));
        assertThat(frames.read()).isEmpty();
    }

    /** Its payloads are not in the vectors, but a link's side reads them, and the fake has to write the same bytes again. */
    @Test
    void writesWhatTelegramOfTheSessionSends() throws IOException {
        List<JsonObject> steps = steps("telegram->proxy");
        MiddleCipher cipher = cipher("ipv4");
        Cipher decrypting = cipher.cipher("SERVER", Cipher.DECRYPT_MODE);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        MiddleFrames fake = new MiddleFrames(NOTHING, written);
        int seq = -2;
        for (JsonObject step : steps) {
            boolean plain = seq == -2;
            byte[] wire = bytes(step, "bytes");
            byte[] clear = plain ? wire : decrypting.update(wire);
            List<byte[]> payloads = payloads(clear, seq);
            seq += payloads.size();
            written.reset();
            fake.write(payloads.toArray(byte[][]::new));
            assertThat(written.toByteArray()).as(string(step, "name")).isEqualTo(wire);
            if (plain) {
                fake.encrypt(cipher.incoming(), cipher.outgoing());
            }
        }
        assertThat(seq).isEqualTo(5);
    }

    private static List<byte[]> payloads(byte[] clear, int seq) throws IOException {
        MiddleFrames link = new MiddleFrames(new ByteArrayInputStream(clear), OutputStream.nullOutputStream(), seq);
        List<byte[]> payloads = new ArrayList<>();
        for (Optional<byte[]> next = link.read(); next.isPresent(); next = link.read()) {
            payloads.add(next.get());
        }
        return payloads;
    }

    @Test
    void framesOfOneFlushSharePaddingAtItsEnd() throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        MiddleFrames frames = new MiddleFrames(NOTHING, written, 0);
        MiddleCipher cipher = cipher("ipv4");
        frames.encrypt(cipher.incoming(), cipher.outgoing());
        frames.write(new byte[12], new byte[20]);
        // Of 24 and 32 bytes.
        assertThat(written.size()).isEqualTo(64);
        written.reset();
        frames.writePaddingFirst();
        frames.write(new byte[20]);
        assertThat(written.size()).isEqualTo(16 + 32);
    }
}
