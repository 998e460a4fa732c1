package io.github.mtgjava.internal.session;

import static io.github.mtgjava.testkit.Vectors.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.github.mtgjava.testkit.Vectors;
import io.github.mtgjava.transport.faketls.ClientHello;
import io.github.mtgjava.transport.faketls.ClientHelloReader;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignedHelloTest {

    private static final JsonObject VECTOR = Vectors.client("faketls_client_hello", "classic 517 bytes");
    private static final byte[] KEY = bytes(VECTOR, "secret16");
    private static final byte[] STRANGER = new byte[16];

    private static ClientHello hello() {
        ClientHelloReader reader = new ClientHelloReader();
        reader.read(ByteBuffer.wrap(bytes(VECTOR, "wire")));
        return reader.hello();
    }

    @Test
    void findsTheKeyWhereverItStands() {
        ClientHello hello = hello();
        for (List<byte[]> keys :
                List.of(List.of(KEY), List.of(KEY, STRANGER), List.of(STRANGER, KEY, STRANGER, STRANGER))) {
            SignedHello signed = SignedHello.of(hello, keys);
            assertThat(signed).isNotNull();
            assertThat(signed.hello()).isSameAs(hello);
            assertThat(signed.key()).isSameAs(KEY);
            assertThat(signed.timestamp()).isEqualTo(hello.authenticate(KEY).orElseThrow());
        }
    }

    @Test
    void isNoneIfNoKeyMadeIt() {
        assertThat(SignedHello.of(hello(), List.of(STRANGER, new byte[] {1}))).isNull();
        assertThat(SignedHello.of(hello(), List.of())).isNull();
    }
}
