package io.github.mtgjava.transport.middleproxy;

import static io.github.mtgjava.testkit.Vectors.bytes;
import static io.github.mtgjava.testkit.Vectors.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.mtgjava.crypto.AesCbc;
import io.github.mtgjava.testkit.Feeding;
import io.github.mtgjava.testkit.Vectors;
import io.github.mtgjava.transport.middleproxy.LinkHandshake.Status;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LinkHandshakeTest {

    private static final JsonObject NONCE = Vectors.middle().getAsJsonObject("nonce");

    @TestFactory
    Stream<DynamicTest> derivesTheKeysOfEveryVector() {
        return Vectors.each(Vectors.middle("keys"), vector -> {
            LinkKeys keys = keys(vector);
            byte[] block = Vectors.drbg("block", 64);
            for (String purpose : List.of("CLIENT", "SERVER")) {
                JsonObject expected = vector.getAsJsonObject(purpose);
                byte[] message = bytes(expected, "message");
                assertThat(LinkKeys.key(message)).isEqualTo(bytes(expected, "key"));
                assertThat(LinkKeys.iv(message)).isEqualTo(bytes(expected, "iv"));
            }
            JsonObject client = vector.getAsJsonObject("CLIENT");
            JsonObject server = vector.getAsJsonObject("SERVER");
            assertThat(transform(keys.encryption(), block))
                    .isEqualTo(transform(AesCbc.encrypting(bytes(client, "key"), bytes(client, "iv")), block));
            assertThat(transform(keys.decryption(), block))
                    .isEqualTo(transform(AesCbc.decrypting(bytes(server, "key"), bytes(server, "iv")), block));
            if (vector.has("expected_client_key")) {
                assertThat(bytes(client, "key")).isEqualTo(bytes(vector, "expected_client_key"));
                assertThat(bytes(client, "iv")).isEqualTo(bytes(vector, "expected_client_iv"));
            }
        });
    }

    private static byte[] transform(AesCbc cipher, byte[] bytes) {
        byte[] out = new byte[bytes.length];
        cipher.transform(bytes, 0, bytes.length, out, 0);
        return out;
    }

    private static LinkKeys keys(JsonObject vector) throws UnknownHostException {
        return new LinkKeys(
                ProxySecret.of(bytes(vector, "secret")),
                bytes(vector, "client_nonce"),
                bytes(vector, "server_nonce"),
                (int) vector.get("timestamp").getAsLong(),
                ends(vector));
    }

    private static Ends ends(JsonObject vector) throws UnknownHostException {
        return new Ends(end(vector.get("client")), end(vector.get("server")));
    }

    /** A mapped address is given as it might come from a system that shows it. */
    private static Endpoint end(JsonElement addressAndPort) throws UnknownHostException {
        String literal = addressAndPort.getAsJsonArray().get(0).getAsString();
        int port = addressAndPort.getAsJsonArray().get(1).getAsInt();
        byte[] address = InetAddress.getByName(literal.replace("::ffff:", "")).getAddress();
        if (literal.startsWith("::ffff:")) {
            byte[] mapped = new byte[16];
            mapped[10] = -1;
            mapped[11] = -1;
            System.arraycopy(address, 0, mapped, 12, 4);
            address = mapped;
        }
        return Endpoint.of(address, port);
    }

    private static LinkHandshake handshake() throws UnknownHostException {
        return handshake(Vectors.middle("keys").get(0));
    }

    private static LinkHandshake handshake(JsonObject keys) throws UnknownHostException {
        return new LinkHandshake(
                ProxySecret.of(bytes(keys, "secret")),
                ends(keys),
                (int) keys.get("timestamp").getAsLong(),
                bytes(keys, "client_nonce"));
    }

    @Test
    void asksWithTheVectorsNonceRequest() throws UnknownHostException {
        assertThat(ByteBuffer.wrap(bytes(NONCE, "request_frame_48_padded")))
                .isEqualTo(handshake().request());
    }

    @TestFactory
    Stream<DynamicTest> judgesEveryNonceAnswer() {
        return NONCE.getAsJsonArray("response_cases").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .map(vector -> DynamicTest.dynamicTest(string(vector, "name"), () -> {
                    boolean accepted = string(vector, "result").equals("accept");
                    for (Feeding feeding : Feeding.all(bytes(vector, "frame"))) {
                        Status status = feed(handshake(), feeding);
                        assertThat(status).as(feeding.name()).isEqualTo(accepted ? Status.WRITE : Status.FAILED);
                    }
                }));
    }

    @Test
    void saysWhatIsWrongWithANonceAnswer() throws UnknownHostException {
        assertThat(nonceFault("wrong_tag")).isEqualTo(LinkFault.GARBAGE);
        assertThat(nonceFault("long_36")).isEqualTo(LinkFault.GARBAGE);
        assertThat(nonceFault("seq_0")).isEqualTo(LinkFault.GARBAGE);
        assertThat(nonceFault("wrong_selector")).isEqualTo(LinkFault.WRONG_SECRET);
        assertThat(nonceFault("schema_none")).isEqualTo(LinkFault.NO_ENCRYPTION);
        assertThat(nonceFault("schema_3_dh")).isEqualTo(LinkFault.NO_ENCRYPTION);
        assertThat(nonceFault("ts_31s_off")).isEqualTo(LinkFault.CLOCK);
        assertThat(nonceFault("ts_31s_behind")).isEqualTo(LinkFault.CLOCK);
    }

    private static LinkFault nonceFault(String name) throws UnknownHostException {
        JsonObject vector = NONCE.getAsJsonArray("response_cases").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(one -> string(one, "name").equals(name))
                .findFirst()
                .orElseThrow();
        LinkHandshake handshake = handshake();
        assertThat(handshake.read(ByteBuffer.wrap(bytes(vector, "frame")))).isEqualTo(Status.FAILED);
        return handshake.fault();
    }

    /** Stops at the first thing that is not a wish for more. */
    private static Status feed(LinkHandshake handshake, Feeding feeding) {
        for (ByteBuffer chunk : feeding.chunks()) {
            Status status = handshake.read(chunk);
            if (status != Status.NEED_INPUT) {
                return status;
            }
        }
        return Status.NEED_INPUT;
    }

    @TestFactory
    Stream<DynamicTest> judgesEveryHandshakeAnswer() {
        return Vectors.each(Vectors.middle("handshake_response_cases"), vector -> {
            boolean accepted = string(vector, "result").startsWith("accept");
            byte[] nonceAnswer = bytes(NONCE, "response_frame_44");
            FrameWriter server = new FrameWriter(vector.get("seq").getAsInt());
            JsonObject keys = Vectors.middle("keys").get(0).getAsJsonObject("SERVER");
            server.encryptWith(AesCbc.encrypting(bytes(keys, "key"), bytes(keys, "iv")));
            byte[] answer = FrameWriterTest.write(server, bytes(vector, "payload"), 1000);
            for (boolean late : new boolean[] {false, true}) {
                for (Feeding feeding : Feeding.all(join(nonceAnswer, new byte[0], answer))) {
                    LinkHandshake handshake = handshake();
                    List<Status> seen = feedThrough(handshake, feeding);
                    if (accepted) {
                        assertThat(seen).as(feeding.name()).containsExactly(Status.WRITE, Status.READY);
                    } else {
                        assertThat(seen).as(feeding.name()).containsExactly(Status.WRITE, Status.FAILED);
                    }
                }
                nonceAnswer = bytes(NONCE, "response_frame_48_padded");
            }
        });
    }

    /** What the handshake reports, without the wishes for more. */
    private static List<Status> feedThrough(LinkHandshake handshake, Feeding feeding) {
        List<Status> seen = new ArrayList<>();
        for (ByteBuffer chunk : feeding.chunks()) {
            for (Status status = handshake.read(chunk); status != Status.NEED_INPUT; status = handshake.read(chunk)) {
                seen.add(status);
                if (status != Status.WRITE) {
                    return seen;
                }
            }
        }
        return seen;
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    @Test
    void saysWhatIsWrongWithAHandshakeAnswer() throws UnknownHostException {
        assertThat(handshakeFault("peer_pid_differs")).isEqualTo(LinkFault.WRONG_PEER);
        assertThat(handshakeFault("wrong_tag")).isEqualTo(LinkFault.WRONG_PEER);
        assertThat(handshakeFault("short")).isEqualTo(LinkFault.WRONG_PEER);
        assertThat(handshakeFault("flags_low_byte")).isEqualTo(LinkFault.WRONG_PEER);
        assertThat(handshakeFault("seq_0")).isEqualTo(LinkFault.KEYS);
        assertThat(handshakeFault("handshake_error")).isEqualTo(LinkFault.REFUSED);
    }

    private static LinkFault handshakeFault(String name) throws UnknownHostException {
        JsonObject vector = Vectors.middle("handshake_response_cases").stream()
                .filter(one -> string(one, "name").equals(name))
                .findFirst()
                .orElseThrow();
        FrameWriter server = new FrameWriter(vector.get("seq").getAsInt());
        JsonObject keys = Vectors.middle("keys").get(0).getAsJsonObject("SERVER");
        server.encryptWith(AesCbc.encrypting(bytes(keys, "key"), bytes(keys, "iv")));
        LinkHandshake handshake = handshake();
        ByteBuffer in = ByteBuffer.wrap(
                join(bytes(NONCE, "response_frame_44"), FrameWriterTest.write(server, bytes(vector, "payload"), 1000)));
        assertThat(handshake.read(in)).isEqualTo(Status.WRITE);
        assertThat(handshake.read(in)).isEqualTo(Status.FAILED);
        assertThat(handshake.refusalCode()).isEqualTo(name.equals("handshake_error") ? -4 : 0);
        return handshake.fault();
    }

    @Test
    void hearsARefusalOfACodeAndNothingElse() throws UnknownHostException {
        JsonObject keys = Vectors.middle("keys").get(0).getAsJsonObject("SERVER");
        FrameWriter server = new FrameWriter(-1);
        server.encryptWith(AesCbc.encrypting(bytes(keys, "key"), bytes(keys, "iv")));
        byte[] refusal = FrameWriterTest.write(server, HexFormat.of().parseHex("dabe276a" + "f9ffffff"), 100);
        LinkHandshake handshake = handshake();
        ByteBuffer in = ByteBuffer.wrap(join(bytes(NONCE, "response_frame_44"), refusal));
        assertThat(handshake.read(in)).isEqualTo(Status.WRITE);
        assertThat(handshake.read(in)).isEqualTo(Status.FAILED);
        assertThat(handshake.fault()).isEqualTo(LinkFault.REFUSED);
        assertThat(handshake.refusalCode()).isEqualTo(-7);
    }

    @Test
    void refusesALongFrameAtItsLengthAsLongAsTheLinkDoesNotStand() throws UnknownHostException {
        LinkHandshake handshake = handshake();
        assertThat(handshake.read(ByteBuffer.wrap(new byte[] {48, 0, 0, 0}))).isEqualTo(Status.FAILED);
        assertThat(handshake.fault()).isEqualTo(LinkFault.GARBAGE);
        assertThat(handshake.read(ByteBuffer.wrap(bytes(NONCE, "response_frame_44"))))
                .isEqualTo(Status.FAILED);
    }

    @Test
    void otherKeysAreNoticedAtTheFirstEncryptedFrame() throws UnknownHostException {
        LinkHandshake handshake = handshake();
        assertThat(handshake.read(ByteBuffer.wrap(bytes(NONCE, "response_frame_44"))))
                .isEqualTo(Status.WRITE);
        assertThat(handshake.read(ByteBuffer.wrap(Vectors.drbg("other keys", 48))))
                .isEqualTo(Status.FAILED);
        assertThat(handshake.fault()).isEqualTo(LinkFault.KEYS);
    }

    /** Both directions of a whole recorded life of a link, every byte of ours and every way of getting theirs. */
    @Test
    void playsTheRecordedSession() throws UnknownHostException {
        List<JsonObject> steps = Vectors.middle().getAsJsonObject("session").getAsJsonArray("steps").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
        byte[] theirs = join(steps.stream()
                .filter(step -> string(step, "dir").startsWith("telegram"))
                .map(step -> bytes(step, "bytes"))
                .toArray(byte[][]::new));
        for (Feeding feeding : Feeding.some(theirs)) {
            LinkHandshake handshake = handshake();
            assertThat(handshake.request()).isEqualTo(ByteBuffer.wrap(bytes(steps.get(0), "bytes")));
            List<String> heard = new ArrayList<>();
            boolean ready = false;
            for (ByteBuffer chunk : feeding.chunks()) {
                while (!ready) {
                    Status status = handshake.read(chunk);
                    if (status == Status.WRITE) {
                        assertThat(handshake.output()).isEqualTo(ByteBuffer.wrap(bytes(steps.get(2), "bytes")));
                    } else if (status == Status.NEED_INPUT) {
                        break;
                    } else {
                        assertThat(status).isEqualTo(Status.READY);
                        ready = true;
                    }
                }
                while (ready && handshake.reader().read(chunk) == FrameReader.Status.FRAME) {
                    heard.add(describe(handshake.reader().payload()));
                }
            }
            assertThat(heard)
                    .as(feeding.name())
                    .containsExactly(
                            "SIMPLE_ACK 0100000000000080 0a0b0c8d",
                            "PING 0001020304050607",
                            "ANSWER d2e39a2d214deac7 64",
                            "ANSWER 0100000000000080 64",
                            "CLOSE_EXT 0100000000000080");
        }
    }

    private static String describe(ByteBuffer payload) {
        RpcReader rpc = new RpcReader();
        RpcReader.Kind kind = rpc.read(payload);
        String id = HexFormat.of().toHexDigits(Long.reverseBytes(rpc.id()));
        return switch (kind) {
            case ANSWER -> kind + " " + id + " " + payload.remaining();
            case SIMPLE_ACK -> kind + " " + id + " " + HexFormat.of().toHexDigits(Integer.reverseBytes(rpc.confirm()));
            default -> kind + " " + id;
        };
    }

    /** What the proxy sends in the recorded session after the handshake, made of the vectors' requests. */
    @Test
    void writesTheRecordedSession() throws UnknownHostException {
        List<JsonObject> steps = Vectors.middle().getAsJsonObject("session").getAsJsonArray("steps").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(step -> string(step, "dir").startsWith("proxy"))
                .toList();
        JsonObject keys = Vectors.middle("keys").get(0);
        FrameReader peer = new FrameReader();
        List<byte[]> payloads = new ArrayList<>();
        assertThat(peer.read(ByteBuffer.wrap(bytes(steps.get(0), "bytes")))).isEqualTo(FrameReader.Status.FRAME);
        peer.decryptWith(AesCbc.decrypting(
                bytes(keys.getAsJsonObject("CLIENT"), "key"), bytes(keys.getAsJsonObject("CLIENT"), "iv")));
        byte[] wire =
                join(steps.stream().skip(1).map(step -> bytes(step, "bytes")).toArray(byte[][]::new));
        FrameReaderTest.readAll(peer, ByteBuffer.wrap(wire), payloads);

        FrameWriter ours = new FrameWriter(-1);
        ours.encryptWith(keys(keys).encryption());
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        payloads.forEach(payload -> written.writeBytes(FrameWriterTest.write(ours, payload, 4096)));
        assertThat(written.toByteArray()).isEqualTo(wire);
        assertThat(payloads.get(3)).isEqualTo(Rpc.pong(0x0706050403020100L).array());
        assertThat(payloads.get(4))
                .isEqualTo(Rpc.closeConnection(0xc7ea4d212d9ae3d2L).array());
    }

    @RepeatedTest(100)
    void garbageNeverThrows(RepetitionInfo repetition) throws UnknownHostException {
        Random random = new Random(repetition.getCurrentRepetition());
        byte[] answer = bytes(NONCE, "response_frame_44");
        byte[] garbage = new byte[random.nextInt(300)];
        random.nextBytes(garbage);
        byte[] wire = random.nextBoolean() ? garbage : join(answer, garbage);
        if (random.nextBoolean() && wire.length > 0) {
            wire[random.nextInt(wire.length)] ^= (byte) (1 << random.nextInt(8));
        }
        for (Feeding feeding : Feeding.some(wire)) {
            assertThat(feedThrough(handshake(), feeding)).doesNotContain(Status.READY);
        }
    }

    @Test
    void refusesMixedFamiliesAndWrongLengths() {
        Endpoint ipv4 = Endpoint.of(new byte[4], 1);
        Endpoint ipv6 = Endpoint.of(new byte[16], 1);
        ProxySecret secret = ProxySecret.of(new byte[32]);
        assertThatIllegalArgumentException().isThrownBy(() -> new Ends(ipv4, ipv6));
        assertThatIllegalArgumentException().isThrownBy(() -> ProxySecret.of(new byte[31]));
        assertThatIllegalArgumentException().isThrownBy(() -> ProxySecret.of(new byte[257]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LinkHandshake(secret, new Ends(ipv4, ipv4), 0, new byte[15]));
        assertThatIllegalStateException()
                .isThrownBy(() -> new LinkHandshake(secret, new Ends(ipv4, ipv4), 0, new byte[16]).fault());
        assertThat(ProxySecret.of(new byte[256]).bytes()).hasSize(256);
        assertThat(secret.toString()).contains("redacted").doesNotContain("[0");
        assertThat(secret).isEqualTo(ProxySecret.of(new byte[32])).hasSameHashCodeAs(ProxySecret.of(new byte[32]));
        assertThat(secret).isNotEqualTo(ProxySecret.of(new byte[33])).isNotEqualTo("secret");
        assertThat(secret.hashCode()).isNotEqualTo(ProxySecret.of(new byte[33]).hashCode());
    }
}
