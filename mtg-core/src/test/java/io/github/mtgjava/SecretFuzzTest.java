package io.github.mtgjava;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.mtgjava.testkit.Seeds;
import io.github.mtgjava.testkit.Vectors;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SecretFuzzTest {

    /** No word of ours is as long. */
    private static final int LONGER_THAN_WORDS = 20;

    static Stream<Arguments> seeds() {
        return Vectors.client("secrets").stream().flatMap(vector -> Seeds.text(Vectors.string(vector, "input")));
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsWhatItWritesAndShowsNothingOfWhatItRefuses(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Secret secret;
        try {
            secret = Secret.parse(text);
        } catch (IllegalArgumentException refusal) {
            assertThat(refusal.getCause()).isNull();
            if (text.length() >= LONGER_THAN_WORDS && text.indexOf(' ') < 0) {
                assertThat(refusal.getMessage()).doesNotContain(text);
            }
            return;
        }
        assertThat(Secret.parse(secret.hex())).isEqualTo(secret);
        assertThat(Secret.parse(secret.base64Url())).isEqualTo(secret);
        assertThat(secret.key()).hasSize(Secret.KEY_BYTES);
        assertThat(secret.host().isPresent()).isEqualTo(secret.type() == SecretType.TLS);
        secret.host().ifPresent(host -> assertThat(host).matches("[a-z0-9.-]{4,182}"));
        assertThat(secret.toString()).doesNotContain(secret.keyHex());
    }
}
