package io.github.mtgjava.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Test;

/** Whether ciphertexts are genuine, where the JDK has ML-KEM, and what happens where it has not. */
class JdkMlKem768Test {

    private static final String ALGORITHM = "ML-KEM-768";

    private final RandomSource random = new Random(1)::nextBytes;

    @Test
    void jdksBefore24MakeCiphertextsForNobody() {
        assumeTrue(Runtime.version().feature() < 24, "a JDK without ML-KEM");
        byte[] key = MlKem768.randomPublicKey(random);
        assertThat(JdkMlKem768.find()).isEmpty();
        assertThat(MlKem768.ciphertext(key, new Random(2)::nextBytes))
                .isEqualTo(MlKem768.randomCiphertext(new Random(2)::nextBytes));
    }

    @Test
    void theHolderOfThePrivateKeyFindsCiphertextsGenuine() throws Exception {
        assumeMlKem();
        KeyPair keys = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        byte[] ciphertext = MlKem768.ciphertext(raw(keys), random);
        assertThat(ciphertext).hasSize(MlKem768.CIPHERTEXT_BYTES);
        assertThat(isGenuine(ciphertext, keys)).isTrue();
        assertThat(MlKem768.ciphertext(raw(keys), random)).isNotEqualTo(ciphertext);
    }

    @Test
    void onlyTheHolderOfThePrivateKeyDoes() throws Exception {
        assumeMlKem();
        KeyPair keys = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        KeyPair others = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        assertThat(isGenuine(MlKem768.ciphertext(raw(keys), random), others)).isFalse();
        assertThat(isGenuine(MlKem768.randomCiphertext(random), keys)).isFalse();
    }

    @Test
    void whatIsNoPublicKeyGetsACiphertextForNobody() {
        assumeMlKem();
        byte[] tooShort = Arrays.copyOf(MlKem768.randomPublicKey(random), MlKem768.PUBLIC_KEY_BYTES - 1);
        byte[] tooLong = Arrays.copyOf(MlKem768.randomPublicKey(random), MlKem768.PUBLIC_KEY_BYTES + 1);
        byte[] outOfRange = MlKem768.randomPublicKey(random);
        Arrays.fill(outOfRange, 0, 2, (byte) 0xff);
        for (byte[] key : new byte[][] {tooShort, tooLong, outOfRange, new byte[0]}) {
            assertThat(JdkMlKem768.find().orElseThrow().encapsulate(key)).isEmpty();
            assertThat(MlKem768.ciphertext(key, new Random(2)::nextBytes))
                    .isEqualTo(MlKem768.randomCiphertext(new Random(2)::nextBytes));
        }
    }

    private static void assumeMlKem() {
        assumeTrue(Runtime.version().feature() >= 24, "a JDK with ML-KEM");
    }

    private static byte[] raw(KeyPair keys) {
        byte[] x509 = keys.getPublic().getEncoded();
        return Arrays.copyOfRange(x509, x509.length - MlKem768.PUBLIC_KEY_BYTES, x509.length);
    }

    /**
     * Decapsulating never fails: of a ciphertext that is none it makes a secret out of the last bytes of the private key, which
     * have no other use. So a secret that does not depend on them is the one that was encapsulated.
     */
    private static boolean isGenuine(byte[] ciphertext, KeyPair keys) throws Exception {
        byte[] encoded = keys.getPrivate().getEncoded();
        encoded[encoded.length - 1] ^= 1;
        PrivateKey twin = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        return Arrays.equals(decapsulated(ciphertext, keys.getPrivate()), decapsulated(ciphertext, twin));
    }

    private static byte[] decapsulated(byte[] ciphertext, PrivateKey key) throws Exception {
        Class<?> type = Class.forName("javax.crypto.KEM");
        Object kem = type.getMethod("getInstance", String.class).invoke(null, ALGORITHM);
        Object decapsulator =
                type.getMethod("newDecapsulator", PrivateKey.class).invoke(kem, key);
        Object secret = Class.forName("javax.crypto.KEM$Decapsulator")
                .getMethod("decapsulate", byte[].class)
                .invoke(decapsulator, (Object) ciphertext);
        return ((SecretKey) secret).getEncoded();
    }
}
