package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.Secret;
import io.github.mtgjava.SecretType;
import org.junit.jupiter.api.Test;

class RedactionTest {

    @Test
    void hidesSecretsInEveryNotation() {
        for (Secret secret : new Secret[] {
            Secret.generate(SecretType.SIMPLE),
            Secret.generate(SecretType.SECURED),
            Secret.generateTls("www.example.com")
        }) {
            for (String text :
                    new String[] {secret.hex(), secret.base64Url(), secret.hex() + "0", secret.hex() + "zz"}) {
                assertThat(Redaction.of("no host:port: '" + text + "'")).isEqualTo("no host:port: '(not shown)'");
            }
        }
    }

    @Test
    void takesSecretsOutOfOptionsAndPaths() {
        String hex = "ee0380acaa0380acaa0380acaa0380acaa6578616d706c652e636f6d";
        assertThat(Redaction.of("unknown option --" + hex)).doesNotContain("0380acaa");
        assertThat(Redaction.of("unknown option --secret=" + hex)).doesNotContain("0380acaa");
        String base64 = "7mWEfr9aMqWjvZZv-vsGJGJnb29nbGUuY29t";
        assertThat(Redaction.of("cannot read ./" + base64 + ": no such file")).doesNotContain("WEfr9aMq");
    }

    @Test
    void leavesOtherWordsAlone() {
        String message = "--multiplex-per-connection: '203.0.113.5:443' and '2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff'";
        assertThat(Redaction.of(message)).isEqualTo(message);
    }
}
