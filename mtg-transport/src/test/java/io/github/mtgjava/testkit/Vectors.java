package io.github.mtgjava.testkit;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.mtgjava.crypto.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The test vectors under {@code src/test/resources/vectors}. */
public final class Vectors {

    private static final JsonObject CLIENT = load("client.json");
    private static final JsonObject MIDDLE = load("middle.json");
    private static final JsonObject REAL_CLIENT_HELLOS = load("real-client-hellos.json");

    private Vectors() {}

    /** What a test does with one vector. */
    @FunctionalInterface
    public interface Check {

        /** Asserts whatever the vector says. */
        void accept(JsonObject vector) throws Exception;
    }

    /** All vectors of one array of {@code client.json}. */
    public static List<JsonObject> client(String array) {
        return objects(CLIENT, array);
    }

    /** The vector of that name. */
    public static JsonObject client(String array, String name) {
        return client(array).stream()
                .filter(vector -> string(vector, "name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Everything that {@code middle.json} holds. */
    public static JsonObject middle() {
        return MIDDLE;
    }

    /** All vectors of one array of {@code middle.json}. */
    public static List<JsonObject> middle(String array) {
        return objects(MIDDLE, array);
    }

    /** ClientHellos recorded from real clients. */
    public static List<JsonObject> realClientHellos() {
        return objects(REAL_CLIENT_HELLOS, "client_hellos");
    }

    /** One dynamic test per vector, named after the given field. */
    public static Stream<DynamicTest> each(List<JsonObject> vectors, String nameField, Check check) {
        return vectors.stream()
                .map(vector -> DynamicTest.dynamicTest(string(vector, nameField), () -> check.accept(vector)));
    }

    /** One dynamic test per vector, named after its {@code name}. */
    public static Stream<DynamicTest> each(List<JsonObject> vectors, Check check) {
        return each(vectors, "name", check);
    }

    /** A field that has to be there, as text. */
    public static String string(JsonObject vector, String field) {
        return vector.get(field).getAsString();
    }

    /** A field that has to be there, in hex digits. */
    public static byte[] bytes(JsonObject vector, String field) {
        return HexFormat.of().parseHex(string(vector, field));
    }

    /** Whether a field is there and is not null. */
    public static boolean isPresent(JsonObject vector, String field) {
        return vector.has(field) && !vector.get(field).isJsonNull();
    }

    /** The first bytes of the stream that {@code about.drbg} defines: SHA-256 of a label and a counter, repeatedly. */
    public static byte[] drbg(String label, int length) {
        byte[] prefix = ("client-spec|" + label + "|").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer stream = ByteBuffer.allocate(length + Sha256.BYTES);
        for (int block = 0; stream.position() < length; block++) {
            byte[] counter = ByteBuffer.allocate(Integer.BYTES).putInt(block).array();
            stream.put(Sha256.of(prefix, counter));
        }
        return Arrays.copyOf(stream.array(), length);
    }

    private static List<JsonObject> objects(JsonObject root, String array) {
        List<JsonObject> objects = new ArrayList<>();
        for (JsonElement element : root.getAsJsonArray(array)) {
            objects.add(element.getAsJsonObject());
        }
        return objects;
    }

    private static JsonObject load(String file) {
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + file)) {
            Objects.requireNonNull(in, file);
            return JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
