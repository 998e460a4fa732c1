package io.github.mtgjava.transport.faketls;

import static io.github.mtgjava.testkit.Vectors.bytes;

import com.google.gson.JsonObject;
import io.github.mtgjava.testkit.Vectors;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;

/** ClientHellos for tests. */
final class Hellos {

    private Hellos() {}

    static ClientHello read(byte[] wire) {
        ClientHelloReader reader = new ClientHelloReader();
        reader.read(ByteBuffer.wrap(wire));
        return reader.hello();
    }

    static byte[] vector(String name) {
        return bytes(Vectors.client("faketls_client_hello", name), "wire");
    }

    static byte[] classic() {
        return vector("classic 517 bytes");
    }

    /** Those of real clients and the well-formed vectors, split ones among them. */
    static List<byte[]> wellFormed() {
        Stream<JsonObject> vectors = Vectors.client("faketls_client_hello").stream()
                .filter(vector -> Vectors.string(vector, "expect").equals("accept"));
        return Stream.concat(vectors, Vectors.realClientHellos().stream())
                .map(vector -> bytes(vector, "wire"))
                .toList();
    }
}
