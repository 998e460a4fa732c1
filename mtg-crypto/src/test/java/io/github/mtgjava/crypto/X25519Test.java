package io.github.mtgjava.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class X25519Test {

    /** RFC 7748, 6.1. */
    private static final byte[] ALICE_PRIVATE = hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");

    private static final byte[] ALICE_PUBLIC = hex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
    private static final byte[] BOB_PRIVATE = hex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
    private static final byte[] BOB_PUBLIC = hex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");

    @Test
    void derivesThePublicKeysOfRfc7748() {
        assertThat(X25519.publicKey(ALICE_PRIVATE)).isEqualTo(ALICE_PUBLIC);
        assertThat(X25519.publicKey(BOB_PRIVATE)).isEqualTo(BOB_PUBLIC);
    }

    /** RFC 7748, 5.2: the first iteration starts with k = u = 9. */
    @Test
    void derivesTheFirstIterationOfRfc7748() {
        byte[] nine = new byte[X25519.KEY_BYTES];
        nine[0] = 9;
        assertThat(X25519.publicKey(nine))
                .isEqualTo(hex("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079"));
    }

    @Test
    void drawsThePrivateKeyFromTheGivenSource() {
        RandomSource scripted = target -> System.arraycopy(ALICE_PRIVATE, 0, target, 0, target.length);
        assertThat(X25519.randomPublicKey(scripted)).isEqualTo(ALICE_PUBLIC);
    }

    @Test
    void leavesTheTopBitClear() {
        RandomSource random = RandomSource.secure();
        for (int round = 0; round < 50; round++) {
            byte[] key = X25519.randomPublicKey(random);
            assertThat(key).hasSize(X25519.KEY_BYTES);
            assertThat(key[31]).isNotNegative();
        }
    }

    @Test
    void refusesAScalarOfAnotherLength() {
        assertThatIllegalArgumentException().isThrownBy(() -> X25519.publicKey(new byte[31]));
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
