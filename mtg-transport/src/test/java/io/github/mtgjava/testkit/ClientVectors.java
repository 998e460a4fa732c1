package io.github.mtgjava.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The vectors of an independent implementation; the fakes are held to them before anything is held to the fakes. */
final class ClientVectors {
    private static final JsonObject ROOT = load("/vectors/client.json");
    private static final JsonObject CAPTURED = load("/vectors/real-client-hellos.json");

    private ClientVectors() {}

    static Stream<JsonObject> all(String array) {
        return ROOT.getAsJsonArray(array).asList().stream().map(JsonElement::getAsJsonObject);
    }

    /** The hello that a real client of this name and version sent. */
    static JsonObject captured(String client) {
        return CAPTURED.getAsJsonArray("client_hellos").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(vector -> text(vector, "client").equals(client))
                .findFirst()
                .orElseThrow();
    }

    static JsonObject named(String array, String name) {
        return all(array)
                .filter(vector -> text(vector, "name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    static String text(JsonObject vector, String field) {
        return vector.get(field).getAsString();
    }

    static byte[] bytes(JsonObject vector, String field) {
        return HexFormat.of().parseHex(text(vector, field));
    }

    /** A vector's hello, as the client that sent it remembers it. */
    static ClientHello hello(String name) {
        JsonObject vector = named("faketls_client_hello", name);
        List<Integer> groups = vector.getAsJsonArray("key_share_groups").asList().stream()
                .map(group -> Integer.parseInt(group.getAsString(), 16))
                .toList();
        return new ClientHello(bytes(vector, "wire"), List.of(0x1301, 0x1302, 0x1303), groups);
    }

    private static JsonObject load(String resource) {
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(ClientVectors.class.getResourceAsStream(resource)), UTF_8)) {
            return JsonParser.parseReader(reader).getAsJsonObject();
        } catch (IOException e) {
            throw new AssertionError("the vectors are unreadable", e);
        }
    }
}
