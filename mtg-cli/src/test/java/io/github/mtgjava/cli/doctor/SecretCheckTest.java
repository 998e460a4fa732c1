package io.github.mtgjava.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.Secret;
import io.github.mtgjava.SecretType;
import io.github.mtgjava.cli.doctor.Finding.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretCheckTest {

    private static final String HOST = "7777772e6578616d706c652e636f6d";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "d0d6e111bada5511fcce9584deadbeef",
                "00112233445566778899aabbccddeeff",
                "0123456789abcdef0123456789abcdef",
                "ffeeddccbbaa99887766554433221100",
                "00000000000000000000000000000000",
                "abababababababababababababababab",
                "000102030405060708090a0b0c0d0e0f",
                "f8f9fafbfcfdfeff0001020304050607",
                "0f0e0d0c0b0a09080706050403020100",
                "123456789abcdef0123456789abcdef0",
                "fedcba9876543210fedcba9876543210",
                "a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4"
            })
    void failsForSecretsThatOthersKnowOrGuess(String key) {
        for (String secret : new String[] {key, "dd" + key, "ee" + key + HOST}) {
            Finding finding = check(Secret.parse(secret));
            assertThat(finding.status()).isEqualTo(Status.FAIL);
            assertThat(finding.text()).contains("mtg-cli generate-secret tls").doesNotContain(key);
        }
    }

    @Test
    void passesWhatGenerateSecretMakes() {
        for (int i = 0; i < 100; i++) {
            assertThat(check(Secret.generateTls("www.example.com")))
                    .isEqualTo(Finding.ok("secret", "of kind tls, and looks random"));
        }
    }

    @Test
    void remarksThatTlsHidesBetter() {
        assertThat(check(Secret.generate(SecretType.SIMPLE)).text()).contains("of kind simple", "tls hides");
        Finding secured = check(Secret.generate(SecretType.SECURED));
        assertThat(secured.status()).isEqualTo(Status.OK);
        assertThat(secured.text()).contains("of kind secured", "tls hides");
    }

    private static Finding check(Secret secret) {
        assertThat(new SecretCheck(secret).run()).hasSize(1);
        return new SecretCheck(secret).run().get(0);
    }
}
