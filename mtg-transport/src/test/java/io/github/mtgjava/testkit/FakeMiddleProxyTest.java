package io.github.mtgjava.testkit;

import static io.github.mtgjava.testkit.Vectors.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.transport.middleproxy.Endpoint;
import io.github.mtgjava.transport.middleproxy.Ends;
import io.github.mtgjava.transport.middleproxy.FrameReader;
import io.github.mtgjava.transport.middleproxy.LinkHandshake;
import io.github.mtgjava.transport.middleproxy.ProxyRequest;
import io.github.mtgjava.transport.middleproxy.ProxySecret;
import io.github.mtgjava.transport.middleproxy.RpcReader;
import io.github.mtgjava.transport.obfuscated2.ProtocolTag;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Instant;
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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The fake is right by the vectors, not by agreeing with our own codecs. */
@Timeout(60)
class FakeMiddleProxyTest {

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

    @Test
    void readsTheRecordedSession() throws IOException {
        List<JsonObject> steps = Vectors.middle().getAsJsonObject("session").getAsJsonArray("steps").asList().stream()
                .map(step -> step.getAsJsonObject())
                .toList();
        ByteArrayOutputStream fromProxy = new ByteArrayOutputStream();
        steps.stream()
                .filter(step -> Vectors.string(step, "dir").startsWith("proxy"))
                .forEach(step -> fromProxy.writeBytes(bytes(step, "bytes")));
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        MiddleFrames frames = new MiddleFrames(new ByteArrayInputStream(fromProxy.toByteArray()), written);
        assertThat(frames.read()).isPresent();
        frames.skipPlainPadding();
        MiddleCipher cipher = cipher(Vectors.middle("keys").get(0));
        frames.encrypt(cipher.incoming(), cipher.outgoing());
        assertThat(frames.read().orElseThrow()).startsWith(0xf5, 0xee, 0x82, 0x76);
        int payloads = 0;
        for (Optional<byte[]> next = frames.read(); next.isPresent(); next = frames.read()) {
            payloads++;
        }
        assertThat(payloads).isEqualTo(4);

        frames.write(new byte[12], new byte[20]);
        // A frame of 24 and one of 32 bytes share a flush, and one block's padding.
        assertThat(written.size()).isEqualTo(64);
    }

    @Test
    void anythingThatAProxyMustNotSendIsAnError() throws IOException {
        FakeMiddleProxy middle = FakeMiddleProxy.start(FakeMiddleProxy.anySecret());
        try (Socket socket = connect(middle)) {
            socket.getOutputStream().write(new byte[100]);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(middle.await(() -> middle.connections() == 0, Monitor.LIMIT)).isTrue();
        assertThatThrownBy(middle::close)
                .isInstanceOf(AssertionError.class)
                .hasStackTraceContaining("a frame of 0 bytes");
    }

    private static Socket connect(FakeMiddleProxy middle) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout((int) Monitor.LIMIT.toMillis());
        socket.connect(middle.address());
        return socket;
    }

    private static LinkHandshake handshake(Socket socket) {
        return new LinkHandshake(
                ProxySecret.of(FakeMiddleProxy.anySecret()),
                new Ends(
                        Endpoint.of(socket.getLocalAddress().getAddress(), socket.getLocalPort()),
                        Endpoint.of(socket.getInetAddress().getAddress(), socket.getPort())),
                (int) Instant.now().getEpochSecond(),
                RandomSource.secure().bytes(16));
    }

    /** The outcome of a handshake: ready, a fault, or the end of the stream. */
    private static String open(Socket socket, LinkHandshake handshake) throws IOException {
        write(socket, handshake.request());
        byte[] chunk = new byte[4096];
        for (int n = socket.getInputStream().read(chunk);
                n >= 0;
                n = socket.getInputStream().read(chunk)) {
            ByteBuffer in = ByteBuffer.wrap(chunk, 0, n);
            while (in.hasRemaining()) {
                switch (handshake.read(in)) {
                    case NEED_INPUT -> {}
                    case WRITE -> write(socket, handshake.output());
                    case READY -> {
                        return "READY";
                    }
                    case FAILED -> {
                        return handshake.fault().name();
                    }
                }
            }
        }
        return "CLOSED";
    }

    private static void write(Socket socket, ByteBuffer bytes) throws IOException {
        socket.getOutputStream().write(bytes.array(), bytes.position(), bytes.remaining());
    }

    @ParameterizedTest
    @CsvSource({
        "NORMAL, READY",
        "PADDED_NONCE, READY",
        "ONE_BYTE_SEGMENTS, READY",
        "PADDING_FIRST, READY",
        "DEAF, READY",
        "CLOSES, CLOSED",
        "CLOSES_AFTER_NONCE, CLOSED",
        "WRONG_SELECTOR, WRONG_SECRET",
        "WRONG_SCHEMA, NO_ENCRYPTION",
        "FAST_CLOCK, CLOCK",
        "SLOW_CLOCK, CLOCK",
        "BAD_NONCE, GARBAGE",
        "HANDSHAKE_ERROR, REFUSED",
        "WRONG_PEER, WRONG_PEER",
        "GARBAGE, KEYS"
    })
    void behavesAsItIsTold(MiddleBehaviour behaviour, String outcome) throws IOException {
        try (FakeMiddleProxy middle = FakeMiddleProxy.start(FakeMiddleProxy.anySecret())) {
            middle.behave(behaviour);
            try (Socket socket = connect(middle)) {
                assertThat(open(socket, handshake(socket))).isEqualTo(outcome);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ProtocolTag.class)
    void answersARequestWithItsConnectionId(ProtocolTag tag) throws IOException {
        try (FakeMiddleProxy middle = FakeMiddleProxy.start(FakeMiddleProxy.anySecret());
                Socket socket = connect(middle)) {
            LinkHandshake handshake = handshake(socket);
            assertThat(open(socket, handshake)).isEqualTo("READY");
            byte[] message = MiddleCommand.echo(HexFormat.of().parseHex("0102030405060708"))
                    .encode();
            ProxyRequest request = new ProxyRequest(tag, new byte[4], 1, new byte[16], 2, new byte[16]);
            ByteBuffer out = ByteBuffer.allocate(1000);
            handshake.writer().begin(ProxyRequest.HEADER_BYTES + message.length);
            handshake.writer().put(request.header(77, false, false), out);
            handshake.writer().put(ByteBuffer.wrap(message), out);
            handshake.writer().finish(out);
            write(socket, out.flip());
            byte[] chunk = new byte[4096];
            int n = socket.getInputStream().read(chunk);
            assertThat(handshake.reader().read(ByteBuffer.wrap(chunk, 0, n))).isEqualTo(FrameReader.Status.FRAME);
            RpcReader rpc = new RpcReader();
            ByteBuffer payload = handshake.reader().payload();
            assertThat(rpc.read(payload)).isEqualTo(RpcReader.Kind.ANSWER);
            assertThat(rpc.id()).isEqualTo(77);
            assertThat(payload.getLong()).isEqualTo(0x0102030405060708L);
            assertThat(middle.clients()).isEqualTo(1);
        }
    }
}
