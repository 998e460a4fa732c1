package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.github.mtgjava.MtProxy;
import io.github.mtgjava.Secret;
import io.github.mtgjava.spi.ReplayCache;
import io.github.mtgjava.testkit.RecordingOrigin;
import io.github.mtgjava.testkit.Vectors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the proxy itself, over sockets, does with the vectors' hellos at their time: answer, or show them the site. */
class HelloVectorsIT {

    /** The two that the vectors leave open: an uptime is no clock, and a session id may be empty. */
    private static final String POLICY_CLOAKED = "client sends uptime 4242 instead of unix time";

    @TestFactory
    Stream<DynamicTest> isAnsweredOrCloakedAsTheVectorSays() {
        return Vectors.each(Vectors.client("faketls_client_hello"), "name", HelloVectorsIT::check);
    }

    private static void check(JsonObject vector) throws Exception {
        AtomicLong now = new AtomicLong();
        Secret secret = Secret.parse("ee" + Vectors.string(vector, "secret16")
                + HexFormat.of().formatHex(Vectors.string(vector, "host").getBytes(StandardCharsets.US_ASCII)));
        try (RecordingOrigin origin = RecordingOrigin.start();
                MtProxy proxy = MtProxy.builder()
                        .cloakProbeInterval(java.time.Duration.ZERO)
                        .secret(secret)
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .workers(1)
                        .maxConnections(100)
                        .replayCache(ReplayCache.inMemory(1 << 20))
                        .clock(() -> Instant.ofEpochSecond(now.get()))
                        .cloakAddress(origin.address())
                        .build()) {
            proxy.start();
            if (Vectors.isPresent(vector, "after")) {
                JsonObject before = Vectors.client("faketls_client_hello", Vectors.string(vector, "after"));
                assertIsAnswered(proxy, before, now);
            }
            String expected = Vectors.string(vector, "expect");
            boolean answered = expected.equals("accept")
                    || (expected.equals("policy")
                            && !Vectors.string(vector, "name").equals(POLICY_CLOAKED));
            if (answered) {
                assertIsAnswered(proxy, vector, now);
                assertThat(origin.accepted()).isZero();
            } else {
                assertIsCloaked(proxy, vector, now, origin);
            }
        }
    }

    private static void assertIsAnswered(MtProxy proxy, JsonObject vector, AtomicLong now) throws IOException {
        try (Socket socket = send(proxy, vector, now)) {
            byte[] header = socket.getInputStream().readNBytes(6);
            assertThat(header).startsWith(0x16, 3, 3).endsWith(2);
        }
    }

    private static void assertIsCloaked(MtProxy proxy, JsonObject vector, AtomicLong now, RecordingOrigin origin)
            throws IOException {
        byte[] wire = Vectors.bytes(vector, "wire");
        try (Socket socket = send(proxy, vector, now)) {
            // Some are cut short: the end is what gets them to the site before the deadline.
            socket.shutdownOutput();
            assertThat(origin.awaitVisit(0).awaitBytes(wire.length)).isEqualTo(wire);
            assertThat(origin.awaitVisit(0).awaitFin()).isTrue();
        }
    }

    private static Socket send(MtProxy proxy, JsonObject vector, AtomicLong now) throws IOException {
        now.set(vector.get("now").getAsLong());
        Socket socket = new Socket();
        socket.setSoTimeout((int) RunningCase.LIMIT.toMillis());
        socket.connect(proxy.address());
        socket.getOutputStream().write(Vectors.bytes(vector, "wire"));
        return socket;
    }
}
