package io.github.mtgjava.transport.middleproxy;

import static io.github.mtgjava.testkit.Vectors.bytes;
import static io.github.mtgjava.testkit.Vectors.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.mtgjava.testkit.Vectors;
import io.github.mtgjava.transport.obfuscated2.ProtocolTag;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ProxyRequestTest {

    @TestFactory
    Stream<DynamicTest> makesTheRequestOfEveryVector() {
        return Vectors.middle("proxy_req").stream().map(vector -> {
            String name = string(vector, "transport") + ", " + string(vector, "message_kind") + ", quick ack "
                    + vector.get("quickack");
            return DynamicTest.dynamicTest(name, () -> {
                byte[] message = bytes(vector, "message");
                byte[] payload = bytes(vector, "payload");
                long id = Long.reverseBytes(
                        ByteBuffer.wrap(bytes(vector, "conn_id")).getLong());
                boolean unencrypted = ProxyRequest.isUnencrypted(ByteBuffer.wrap(message));
                ProxyRequest request = request(vector);
                request.header(1, true, true);
                ByteBuffer header = request.header(id, vector.get("quickack").getAsBoolean(), unencrypted);
                assertThat(header).isEqualTo(ByteBuffer.wrap(payload, 0, ProxyRequest.HEADER_BYTES));
                assertThat(Arrays.copyOfRange(payload, ProxyRequest.HEADER_BYTES, payload.length))
                        .startsWith(message);
            });
        });
    }

    private static ProxyRequest request(JsonObject vector) throws UnknownHostException {
        return new ProxyRequest(
                ProtocolTag.valueOf(string(vector, "transport").toUpperCase(Locale.ROOT)),
                address(vector.getAsJsonArray("client")),
                port(vector.getAsJsonArray("client")),
                address(vector.getAsJsonArray("our")),
                port(vector.getAsJsonArray("our")),
                bytes(vector, "adtag"));
    }

    private static byte[] address(JsonArray end) throws UnknownHostException {
        return InetAddress.getByName(end.get(0).getAsString()).getAddress();
    }

    private static int port(JsonArray end) {
        return end.get(1).getAsInt();
    }

    @Test
    void onlyEightZerosMakeAMessageUnencrypted() {
        byte[] zeros = new byte[20];
        assertThat(ProxyRequest.isUnencrypted(ByteBuffer.wrap(zeros))).isTrue();
        assertThat(ProxyRequest.isUnencrypted(ByteBuffer.wrap(zeros, 4, 8))).isTrue();
        assertThat(ProxyRequest.isUnencrypted(ByteBuffer.wrap(zeros, 4, 7))).isFalse();
        for (int i = 0; i < 8; i++) {
            byte[] almost = new byte[20];
            almost[4 + i] = 1;
            assertThat(ProxyRequest.isUnencrypted(ByteBuffer.wrap(almost, 4, 16)))
                    .isFalse();
        }
    }

    @Test
    void refusesWrongLengths() {
        byte[] ip = new byte[4];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProxyRequest(ProtocolTag.ABRIDGED, ip, 1, ip, 1, new byte[15]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProxyRequest(ProtocolTag.ABRIDGED, new byte[5], 1, ip, 1, new byte[16]));
    }
}
