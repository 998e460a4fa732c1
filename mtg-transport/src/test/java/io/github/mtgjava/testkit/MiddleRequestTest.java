package io.github.mtgjava.testkit;

import static io.github.mtgjava.testkit.Vectors.bytes;
import static io.github.mtgjava.testkit.Vectors.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.mtgjava.testkit.FakeMiddleProxy.Request;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MiddleRequestTest {

    @TestFactory
    Stream<DynamicTest> readsTheRequestOfEveryVector() {
        return Vectors.each(Vectors.middle("proxy_req"), "flags", vector -> {
            byte[] payload = bytes(vector, "payload");
            Request request = MiddleRequest.read(5, payload);
            JsonArray client = vector.getAsJsonArray("client");
            JsonArray our = vector.getAsJsonArray("our");
            assertThat(request.link()).isEqualTo(5);
            assertThat(request.flags())
                    .isEqualTo(Long.decode(string(vector, "flags")).intValue());
            assertThat(request.connectionId())
                    .isEqualTo(MiddleFrames.little(bytes(vector, "conn_id")).getLong());
            assertThat(request.clientIp()).isEqualTo(sixteen(client));
            assertThat(request.clientPort()).isEqualTo(client.get(1).getAsInt());
            assertThat(request.ourIp()).isEqualTo(sixteen(our));
            assertThat(request.ourPort()).isEqualTo(our.get(1).getAsInt());
            assertThat(request.adTag()).isEqualTo(bytes(vector, "adtag"));
            assertThat(MiddleRequest.message(payload)).isEqualTo(bytes(vector, "message"));
            assertThat(request.messageBytes()).isEqualTo(bytes(vector, "message").length);
        });
    }

    private static byte[] sixteen(JsonArray end) throws UnknownHostException {
        InetAddress address = InetAddress.getByName(end.get(0).getAsString());
        return address instanceof Inet4Address
                ? ByteBuffer.allocate(16)
                        .putInt(8, 0xffff)
                        .put(12, address.getAddress())
                        .array()
                : address.getAddress();
    }

    @ParameterizedTest
    @CsvSource({
        "4, 2, the flag of an unencrypted message",
        "5, 0x30, no flag of an ad tag's kind",
        "7, 0x20, two transports at once",
        "34, 1, a client port of 65536 and more",
        "56, 4, an extra part of 28 bytes",
        "60, 1, another extra part",
        "64, 1, an ad tag of 17 bytes",
        "81, 1, no zeros behind the ad tag",
        "83, 1, no zeros behind the ad tag"
    })
    void refusesARequestWithAWrongByte(int offset, String bits, String what) {
        byte[] payload = request();
        payload[offset] ^= Integer.decode(bits).byteValue();
        assertThatThrownBy(() -> MiddleRequest.read(1, payload)).as(what).isInstanceOf(AssertionError.class);
    }

    private static byte[] request() {
        JsonObject vector = Vectors.middle("proxy_req").get(0);
        return bytes(vector, "payload");
    }

    @Test
    void refusesARequestWithoutAConnectionIdOrMessage() {
        byte[] nameless = request();
        Arrays.fill(nameless, 8, 16, (byte) 0);
        assertThatThrownBy(() -> MiddleRequest.read(1, nameless)).hasMessageContaining("no connection id");
        byte[] empty = Arrays.copyOf(request(), 84);
        assertThatThrownBy(() -> MiddleRequest.read(1, empty)).hasMessageContaining("a request of 84 bytes");
        byte[] odd = Arrays.copyOf(request(), 84 + 41);
        assertThatThrownBy(() -> MiddleRequest.read(1, odd)).hasMessageContaining("no multiple of 4");
    }
}
