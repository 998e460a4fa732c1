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
import java.nio.ByteOrder;
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
                        .isEqualTo(message);
            });
        });
    }

    @Test
    void putsEveryFieldWhereTheVectorsHaveIt() {
        byte[] client = Vectors.drbg("client", 16);
        byte[] our = Vectors.drbg("our", 16);
        byte[] adTag = Vectors.drbg("ad tag", 16);
        ByteBuffer header = new ProxyRequest(ProtocolTag.INTERMEDIATE, client, 0x1234, our, 0x5678, adTag)
                .header(0x0102030405060708L, true, false);
        assertThat(header.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        assertThat(header.remaining()).isEqualTo(at("message"));
        assertThat(header.getInt(at("tag"))).isEqualTo(0x36cef1ee);
        assertThat(header.getInt(at("flags"))).isEqualTo(0xa0021008);
        assertThat(header.getLong(at("conn_id"))).isEqualTo(0x0102030405060708L);
        assertThat(header.slice(at("client_ip"), 16)).isEqualTo(ByteBuffer.wrap(client));
        assertThat(header.getInt(at("client_port"))).isEqualTo(0x1234);
        assertThat(header.slice(at("our_ip"), 16)).isEqualTo(ByteBuffer.wrap(our));
        assertThat(header.getInt(at("our_port"))).isEqualTo(0x5678);
        assertThat(header.getInt(at("extra_size"))).isEqualTo(at("message") - at("tl_proxy_tag"));
        assertThat(header.getInt(at("tl_proxy_tag"))).isEqualTo(0xdb1e26ae);
        assertThat(header.get(at("adtag_len"))).isEqualTo((byte) 16);
        assertThat(header.slice(at("adtag"), 16)).isEqualTo(ByteBuffer.wrap(adTag));
        assertThat(header.slice(at("tl_pad"), 3)).isEqualTo(ByteBuffer.allocate(3));
    }

    private static int at(String field) {
        return Vectors.middle()
                .getAsJsonObject("proxy_req_layout")
                .getAsJsonObject("offsets")
                .get(field)
                .getAsInt();
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
