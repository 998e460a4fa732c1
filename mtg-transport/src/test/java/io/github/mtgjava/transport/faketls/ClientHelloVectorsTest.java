package io.github.mtgjava.transport.faketls;

import static io.github.mtgjava.testkit.Vectors.bytes;
import static io.github.mtgjava.testkit.Vectors.isPresent;
import static io.github.mtgjava.testkit.Vectors.string;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.mtgjava.testkit.Feeding;
import io.github.mtgjava.testkit.Vectors;
import io.github.mtgjava.transport.faketls.ClientHelloReader.Status;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The codec's answers put together into the decision that a session takes: accept, or cloak. */
class ClientHelloVectorsTest {

    private static final long TOLERATED_SECONDS = 120;
    private static final List<JsonObject> VECTORS = Vectors.client("faketls_client_hello");

    @TestFactory
    Stream<DynamicTest> decidesEveryVectorUnderAllFeedings() {
        return Vectors.each(VECTORS, vector -> {
            for (Feeding feeding : Feeding.all(bytes(vector, "wire"))) {
                assertThat(isAccepted(vector, feeding)).as(feeding.name()).isEqualTo(isToBeAccepted(vector));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> readsTheFieldsOfEveryWellFormedVector() {
        return Vectors.each(wellFormed(), vector -> {
            ClientHello hello = Hellos.read(bytes(vector, "wire"));
            assertThat(hello.canonical())
                    .isEqualTo(bytes(vector, isPresent(vector, "canonical") ? "canonical" : "wire"));
            assertThat(hello.random()).isEqualTo(bytes(vector, "client_random"));
            assertThat(hello.replayKey()).isEqualTo(bytes(vector, "replay_key_16"));
            assertThat(hello.sessionId()).isEqualTo(bytes(vector, "session_id"));
            if (isPresent(vector, "sni")) {
                assertThat(hello.serverName()).contains(string(vector, "sni"));
            } else {
                assertThat(hello.serverName()).isEmpty();
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> readsTheOffersOfEveryWellFormedVector() {
        return Vectors.each(wellFormed(), vector -> {
            ClientHello hello = Hellos.read(bytes(vector, "wire"));
            int suite = Integer.parseInt(string(vector, "first_non_grease_suite"), 16);
            assertThat(hello.cipherSuites()).startsWith(suite);
            assertThat(hello.preferredTls13Suite()).isEqualTo(OptionalInt.of(suite));
            List<String> groups = StreamSupport.stream(
                            vector.getAsJsonArray("key_share_groups").spliterator(), false)
                    .map(JsonElement::getAsString)
                    .toList();
            assertThat(hello.sharesKey(KeyShareGroup.X25519)).isEqualTo(groups.contains("001d"));
            assertThat(hello.sharesKey(KeyShareGroup.X25519_MLKEM768)).isEqualTo(groups.contains("11ec"));
        });
    }

    @TestFactory
    Stream<DynamicTest> authenticatesEveryWellFormedVector() {
        return Vectors.each(wellFormed(), vector -> {
            ClientHello hello = Hellos.read(bytes(vector, "wire"));
            OptionalLong timestamp = hello.authenticate(bytes(vector, "secret16"));
            if (vector.get("digest_ok").getAsBoolean()) {
                assertThat(timestamp).hasValue(vector.get("timestamp").getAsLong());
            } else {
                assertThat(timestamp).isEmpty();
            }
            assertThat(hello.authenticate(new byte[16])).isEmpty();
        });
    }

    @TestFactory
    Stream<DynamicTest> acceptsRealClientsAtTheirTime() {
        return Vectors.each(Vectors.realClientHellos(), "client", vector -> {
            for (Feeding feeding : Feeding.all(bytes(vector, "wire"))) {
                ClientHelloReader reader = new ClientHelloReader();
                assertThat(feed(reader, feeding)).as(feeding.name()).isEqualTo(Status.COMPLETE);
                assertThat(reader.hello().authenticate(bytes(vector, "secret")))
                        .hasValue(vector.get("timestamp").getAsLong());
                assertThat(reader.hello().serverName()).contains(string(vector, "host"));
            }
        });
    }

    private static boolean isAccepted(JsonObject vector, Feeding feeding) {
        Set<ByteBuffer> replayKeys = new HashSet<>();
        if (isPresent(vector, "after")) {
            JsonObject earlier = Vectors.client("faketls_client_hello", string(vector, "after"));
            assertThat(isAccepted(earlier, Feeding.all(bytes(earlier, "wire")).get(0), replayKeys))
                    .isTrue();
        }
        return isAccepted(vector, feeding, replayKeys);
    }

    /** The order of docs/protocol.md: shape, digest, clock, SNI, replay. */
    private static boolean isAccepted(JsonObject vector, Feeding feeding, Set<ByteBuffer> replayKeys) {
        ClientHelloReader reader = new ClientHelloReader();
        if (feed(reader, feeding) != Status.COMPLETE) {
            return false;
        }
        ClientHello hello = reader.hello();
        OptionalLong timestamp = hello.authenticate(bytes(vector, "secret16"));
        return timestamp.isPresent()
                && Math.abs(timestamp.getAsLong() - vector.get("now").getAsLong()) <= TOLERATED_SECONDS
                && hello.serverName()
                        .filter(string(vector, "host")::equalsIgnoreCase)
                        .isPresent()
                && replayKeys.add(ByteBuffer.wrap(hello.replayKey()));
    }

    /** Where the vectors leave it open: a clock that counts from boot is refused, an empty session id is not. */
    private static boolean isToBeAccepted(JsonObject vector) {
        return switch (string(vector, "expect")) {
            case "accept" -> true;
            case "cloak" -> false;
            default -> string(vector, "name").startsWith("empty session id");
        };
    }

    private static Status feed(ClientHelloReader reader, Feeding feeding) {
        Status status = Status.NEED_INPUT;
        for (ByteBuffer raw : feeding.growing()) {
            status = reader.read(raw);
            assertThat(raw.position()).isEqualTo(status == Status.COMPLETE ? raw.limit() : 0);
        }
        return status;
    }

    /** All that a TLS server would parse, but for the one whose record version no Telegram client sends. */
    private static List<JsonObject> wellFormed() {
        return VECTORS.stream()
                .filter(vector -> isPresent(vector, "client_random"))
                .filter(vector -> !string(vector, "name").startsWith("record version 0303"))
                .toList();
    }
}
