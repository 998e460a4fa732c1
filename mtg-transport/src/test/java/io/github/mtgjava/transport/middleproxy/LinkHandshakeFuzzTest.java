package io.github.mtgjava.transport.middleproxy;

import static io.github.mtgjava.testkit.Vectors.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.mtgjava.crypto.AesCbc;
import io.github.mtgjava.testkit.Feeding;
import io.github.mtgjava.testkit.Seeds;
import io.github.mtgjava.testkit.Vectors;
import io.github.mtgjava.transport.middleproxy.LinkHandshake.Status;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every stream of a middle proxy, and every nonce and handshake within good frames. */
class LinkHandshakeFuzzTest {

    private static final JsonObject NONCE = Vectors.middle().getAsJsonObject("nonce");
    private static final byte[] SECRET = bytes(NONCE, "proxy_secret");
    private static final int SECONDS = NONCE.get("timestamp").getAsInt();
    private static final Endpoint OURS = Endpoint.of(new byte[] {10, 0, 0, 1}, 1);
    private static final Endpoint THEIRS = Endpoint.of(new byte[] {10, 0, 0, 2}, 2);

    private static final int PAYLOAD_BYTES = 32;
    private static final byte[] PID =
            Arrays.copyOfRange(bytes(Vectors.middle("handshake_response_cases").get(0), "payload"), 20, PAYLOAD_BYTES);

    static Stream<Arguments> seeds() {
        byte[] nonce = bytes(NONCE, "response_payload");
        Stream<Arguments> payloads = Vectors.middle("handshake_response_cases").stream()
                .map(vector -> bytes(vector, "payload"))
                .map(payload -> Seeds.seed(joined(nonce, payload)));
        return Stream.concat(payloads, Seeds.of(cases(), "frame"));
    }

    private static List<JsonObject> cases() {
        return NONCE.getAsJsonArray("response_cases").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private static byte[] joined(byte[] one, byte[] other) {
        return ByteBuffer.allocate(one.length + other.length)
                .put(one)
                .put(other)
                .array();
    }

    @MethodSource("seeds")
    @FuzzTest
    void judgesTheSameHoweverItArrivesAndNobodyIsReadyWithoutTheKeys(byte[] bytes) {
        assertThat(Feeding.agreed(bytes, LinkHandshakeFuzzTest::read).seen).doesNotContain(Status.READY);
        if (bytes.length > PAYLOAD_BYTES) {
            byte[] nonce = Arrays.copyOf(bytes, PAYLOAD_BYTES);
            byte[] answer = Arrays.copyOfRange(bytes, PAYLOAD_BYTES, bytes.length & -Frame.WORD_BYTES);
            if (answer.length > 0) {
                checkPayloads(nonce, answer);
            }
        }
    }

    private static void checkPayloads(byte[] nonce, byte[] answer) {
        FrameWriter server = new FrameWriter();
        byte[] plain = FrameWriterTest.write(server, nonce, 1000);
        byte[] theirNonce = Arrays.copyOfRange(nonce, 16, PAYLOAD_BYTES);
        server.encryptWith(serverKeys(theirNonce));
        byte[] wire = joined(plain, FrameWriterTest.write(server, answer, 1000));
        assertThat(Feeding.agreed(wire, LinkHandshakeFuzzTest::read).seen).isEqualTo(expected(nonce, answer));
    }

    /** The vectors prove what is derived from the material; here it only has to be put together as the reader does. */
    private static AesCbc serverKeys(byte[] theirNonce) {
        byte[] material = ByteBuffer.allocate(86 + SECRET.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(theirNonce)
                .put(bytes(NONCE, "client_nonce"))
                .putInt(SECONDS)
                .put(new byte[] {2, 0, 0, 10, 1, 0})
                .put("SERVER".getBytes(StandardCharsets.US_ASCII))
                .put(new byte[] {1, 0, 0, 10, 2, 0})
                .put(SECRET)
                .put(theirNonce)
                .put(bytes(NONCE, "client_nonce"))
                .array();
        return AesCbc.encrypting(LinkKeys.key(material), LinkKeys.iv(material));
    }

    private static List<Status> expected(byte[] nonce, byte[] answer) {
        ByteBuffer said = ByteBuffer.wrap(nonce).order(ByteOrder.LITTLE_ENDIAN);
        boolean isNonceGood = said.getInt(0) == RpcTag.NONCE
                && Arrays.equals(nonce, 4, 8, SECRET, 0, 4)
                && said.getInt(8) == 1
                && Math.abs((long) said.getInt(12) - SECONDS) <= 30;
        if (!isNonceGood) {
            return List.of(Status.FAILED);
        }
        said = ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN);
        boolean isAnswerGood = answer.length == PAYLOAD_BYTES
                && said.getInt(0) == RpcTag.HANDSHAKE
                && (said.getInt(4) & 0x8ff) == 0
                && Arrays.equals(answer, 20, PAYLOAD_BYTES, PID, 0, PID.length);
        return List.of(Status.WRITE, isAnswerGood ? Status.READY : Status.FAILED);
    }

    /** What the handshake reports without the wishes for more, and the fault, which is null if there is none. */
    private record Outcome(List<Status> seen, LinkFault fault) {}

    private static Outcome read(Feeding feeding) {
        LinkHandshake handshake = new LinkHandshake(
                ProxySecret.of(SECRET), new Ends(OURS, THEIRS), SECONDS, bytes(NONCE, "client_nonce"));
        handshake.request();
        List<Status> seen = new ArrayList<>();
        for (ByteBuffer chunk : feeding.chunks()) {
            Status status = handshake.read(chunk);
            while (status == Status.WRITE) {
                seen.add(status);
                assertThat(handshake.output().remaining()).isEqualTo(48);
                status = handshake.read(chunk);
            }
            if (status != Status.NEED_INPUT) {
                seen.add(status);
                break;
            }
            assertThat(chunk.hasRemaining()).isFalse();
        }
        boolean failed = seen.contains(Status.FAILED);
        return new Outcome(seen, failed ? handshake.fault() : null);
    }
}
