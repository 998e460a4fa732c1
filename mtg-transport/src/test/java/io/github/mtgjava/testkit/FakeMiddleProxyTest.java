package io.github.mtgjava.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.transport.middleproxy.Endpoint;
import io.github.mtgjava.transport.middleproxy.Ends;
import io.github.mtgjava.transport.middleproxy.FrameReader;
import io.github.mtgjava.transport.middleproxy.LinkHandshake;
import io.github.mtgjava.transport.middleproxy.ProxyRequest;
import io.github.mtgjava.transport.middleproxy.ProxySecret;
import io.github.mtgjava.transport.middleproxy.RpcReader;
import io.github.mtgjava.transport.obfuscated2.ProtocolTag;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The fake and our own codecs understand each other. */
@Timeout(60)
class FakeMiddleProxyTest {

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
