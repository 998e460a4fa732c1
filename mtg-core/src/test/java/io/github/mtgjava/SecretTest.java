package io.github.mtgjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.mtgjava.testkit.Vectors;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

    private static final String KEY = "65847ebf5a32a5a3bd966ffafb062462";

    @TestFactory
    Stream<DynamicTest> readsWhatClientsReadAndNothingElse() {
        List<JsonObject> vectors = Vectors.client("secrets");
        return IntStream.range(0, vectors.size()).mapToObj(i -> {
            JsonObject vector = vectors.get(i);
            String name = i + " " + Vectors.string(vector, "note");
            return DynamicTest.dynamicTest(
                    name, () -> check(Vectors.string(vector, "input"), vector.get("recommended")));
        });
    }

    private static void check(String input, JsonElement expected) {
        if (expected.isJsonPrimitive()) {
            assertRefusedWithoutShowingIt(input);
            return;
        }
        JsonObject parts = expected.getAsJsonObject();
        Secret secret = Secret.parse(input);
        assertThat(secret.type().name()).isEqualToIgnoringCase(Vectors.string(parts, "type"));
        assertThat(secret.keyHex()).isEqualTo(Vectors.string(parts, "key"));
        assertThat(secret.key()).isEqualTo(Vectors.bytes(parts, "key"));
        if (parts.has("host")) {
            assertThat(secret.host()).contains(Vectors.string(parts, "host"));
        } else {
            assertThat(secret.host()).isEmpty();
        }
        assertRoundTrips(secret);
    }

    /** Any four digits in a row would be a start. */
    private static void assertRefusedWithoutShowingIt(String input) {
        Throwable refusal = catchThrowable(() -> Secret.parse(input));
        assertThat(refusal).isInstanceOf(IllegalArgumentException.class).hasNoCause();
        assertThat(refusal).message().startsWith("the ");
        String shown = refusal.toString().toLowerCase(Locale.ROOT);
        String hidden = input.toLowerCase(Locale.ROOT);
        for (int i = 0; i + 4 <= hidden.length(); i++) {
            assertThat(shown).doesNotContain(hidden.substring(i, i + 4));
        }
    }

    private static void assertRoundTrips(Secret secret) {
        assertThat(Secret.parse(secret.hex())).isEqualTo(secret).hasSameHashCodeAs(secret);
        assertThat(Secret.parse(secret.base64Url())).isEqualTo(secret).hasSameHashCodeAs(secret);
        assertThat(secret.hex()).matches("[0-9a-f]+").contains(secret.keyHex());
        assertThat(secret.base64Url()).matches("[A-Za-z0-9_-]+");
        assertThat(HexFormat.of().formatHex(secret.key())).isEqualTo(secret.keyHex());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ZYR+v1oypaO9lm/6+wYkYg", // standard base64 without its padding
                "ZYR+v1oypaO9lm/6+wYkYg=", // with half of it
                "ZYR-v1oypaO9lm_6-wYkYh", // bits set that nothing uses
                "ZYR-v1oypaO9lm/6+wYkYg==", // two alphabets
                "ZYR-v1oypaO9lm_6-wYkY", // one character too few
                "ZYR-v1oypaO9lm_6-wYk!g", // a character of neither
                "ZYR-v1oypaO9 lm_6-wYkYg", // a space inside
            })
    void refusesDamagedBase64(String text) {
        assertRefusedWithoutShowingIt(text);
    }

    @Test
    void trimsWhitespace() {
        assertThat(Secret.parse(" \t" + KEY + "\r\n")).isEqualTo(Secret.parse(KEY));
    }

    @Test
    void lowersTheHost() {
        Secret secret = Secret.parse(tls("WWW.Example.COM"));
        assertThat(secret.host()).contains("www.example.com");
        assertThat(secret).isEqualTo(Secret.parse(tls("www.example.com")));
    }

    @ParameterizedTest
    @MethodSource("unusableHosts")
    void refusesHostsThatNoClientCanUse(String host) {
        assertRefusedWithoutShowingIt(tls(host));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Secret.generateTls(host))
                .withMessageStartingWith("the host to cloak must");
    }

    static List<String> unusableHosts() {
        String label = "a".repeat(61);
        return List.of(
                "a.b",
                label + "." + label + "." + "b".repeat(59), // 183
                "x".repeat(64) + ".org",
                ".example.com",
                "example.com.",
                "example..com",
                "-a.example",
                "a-.example",
                "exa_mple.com",
                "exa mple.com",
                "example.com:443",
                "https://example.com",
                "b\u00fccher.example",
                "10.0.0.1",
                "example.42",
                "12345",
                "2001:db8::1",
                "example.com\0",
                "example.com\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a.io", "storage.googleapis.com", "xn--bcher-kva.example", "1.example", "localhost", "a1-2.b"})
    void takesUsableHosts(String host) {
        Secret secret = Secret.generateTls(host);
        assertThat(secret.type()).isEqualTo(SecretType.TLS);
        assertThat(secret.host()).contains(host);
        assertThat(secret.hex()).isEqualTo("ee" + secret.keyHex() + hex(host));
        assertRoundTrips(secret);
    }

    @Test
    void takesHostsAtBothEndsOfTheRange() {
        String label = "a".repeat(60);
        assertThat(Secret.generateTls(label + "." + label + "." + "b".repeat(60))
                        .host())
                .hasValueSatisfying(host -> assertThat(host).hasSize(182));
        assertThat(Secret.generateTls("x".repeat(63)).host()).isPresent();
    }

    @ParameterizedTest
    @EnumSource(value = SecretType.class, names = "TLS", mode = EnumSource.Mode.EXCLUDE)
    void generatesSecretsWithoutHost(SecretType type) {
        Secret secret = Secret.generate(type);
        assertThat(secret.type()).isEqualTo(type);
        assertThat(secret.host()).isEmpty();
        assertThat(secret.hex()).isEqualTo((type == SecretType.SECURED ? "dd" : "") + secret.keyHex());
        assertRoundTrips(secret);
    }

    @Test
    void generatesNoTlsSecretWithoutHost() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Secret.generate(SecretType.TLS))
                .withMessageContaining("generateTls");
    }

    @Test
    void generatesAnotherSecretEachTime() {
        Set<Secret> drawn = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            drawn.add(Secret.generate(SecretType.SIMPLE));
            drawn.add(Secret.generateTls("example.com"));
        }
        assertThat(drawn).hasSize(200);
    }

    @Test
    void handsOutCopiesOfItsKey() {
        Secret secret = Secret.parse(KEY);
        Arrays.fill(secret.key(), (byte) 0);
        assertThat(secret.keyHex()).isEqualTo(KEY);
    }

    @Test
    void equalsWhatHasTheSameTypeKeyAndHost() {
        Secret secret = Secret.parse(tls("example.com"));
        assertThat(secret).isEqualTo(secret).isEqualTo(Secret.parse(tls("example.com")));
        assertThat(secret)
                .isNotEqualTo(Secret.parse(tls("example.org")))
                .isNotEqualTo(Secret.parse(KEY))
                .isNotEqualTo(KEY)
                .isNotEqualTo(null);
        assertThat(Secret.parse(KEY))
                .isNotEqualTo(Secret.parse("dd" + KEY))
                .isNotEqualTo(Secret.parse("00".repeat(16)));
    }

    @Test
    void showsTypeAndHostOnly() {
        assertThat(Secret.parse(KEY)).hasToString("Secret[simple, redacted]");
        assertThat(Secret.parse("dd" + KEY)).hasToString("Secret[secured, redacted]");
        assertThat(Secret.parse(tls("example.com"))).hasToString("Secret[tls, example.com, redacted]");
    }

    private static String tls(String host) {
        return "ee" + KEY + hex(host);
    }

    private static String hex(String host) {
        return HexFormat.of().formatHex(host.getBytes(StandardCharsets.ISO_8859_1));
    }
}
