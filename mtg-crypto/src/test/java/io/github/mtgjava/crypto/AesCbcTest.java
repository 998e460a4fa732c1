package io.github.mtgjava.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AesCbcTest {

    /** NIST SP 800-38A, F.2.5 and F.2.6. */
    private static final byte[] KEY = hex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");

    private static final byte[] IV = hex("000102030405060708090a0b0c0d0e0f");
    private static final byte[] PLAIN = hex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
            + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");
    private static final byte[] ENCRYPTED = hex("f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d"
            + "39f23369a9d9bacfa530e26304231461b2eb05e2c39be9fcda6c19078c6a9d1b");

    @Test
    void encryptsAndDecryptsTheNistExample() {
        assertThat(transform(AesCbc.encrypting(KEY, IV), PLAIN, 64)).isEqualTo(ENCRYPTED);
        assertThat(transform(AesCbc.decrypting(KEY, IV), ENCRYPTED, 64)).isEqualTo(PLAIN);
    }

    @Test
    void chainsFromOneCallToTheNext() {
        byte[] plain = new byte[16 * 300];
        new Random(1).nextBytes(plain);
        byte[] whole = transform(AesCbc.encrypting(KEY, IV), plain, plain.length);
        for (int piece : new int[] {16, 48, 1024, 4096}) {
            assertThat(transform(AesCbc.encrypting(KEY, IV), plain, piece)).isEqualTo(whole);
            assertThat(transform(AesCbc.decrypting(KEY, IV), whole, piece)).isEqualTo(plain);
        }
    }

    private static byte[] transform(AesCbc cipher, byte[] in, int piece) {
        byte[] out = new byte[in.length];
        for (int at = 0; at < in.length; at += piece) {
            cipher.transform(in, at, Math.min(piece, in.length - at), out, at);
        }
        return out;
    }

    @Test
    void allocatesNothingPerCall() throws ReflectiveOperationException {
        byte[] in = new byte[4096];
        byte[] out = new byte[4096];
        for (AesCbc cipher : new AesCbc[] {AesCbc.encrypting(KEY, IV), AesCbc.decrypting(KEY, IV)}) {
            for (int i = 0; i < 20_000; i++) {
                cipher.transform(in, 0, in.length, out, 0);
            }
            long before = AllocatedBytes.ofCurrentThread();
            for (int i = 0; i < 10_000; i++) {
                cipher.transform(in, 0, in.length, out, 0);
            }
            // The JVM counts in chunks, and counts a little for the counting.
            assertThat(AllocatedBytes.ofCurrentThread() - before).isLessThan(100_000);
        }
    }

    @Test
    void refusesPartsOfBlocksTheSameArrayAndWrongLengths() {
        AesCbc cipher = AesCbc.encrypting(KEY, IV);
        byte[] bytes = new byte[32];
        assertThatIllegalArgumentException().isThrownBy(() -> cipher.transform(bytes, 0, 15, new byte[32], 0));
        assertThatIllegalArgumentException().isThrownBy(() -> cipher.transform(bytes, 0, 16, bytes, 16));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> cipher.transform(bytes, 24, 16, new byte[32], 0));
        assertThatIllegalArgumentException().isThrownBy(() -> AesCbc.encrypting(new byte[16], IV));
        assertThatIllegalArgumentException().isThrownBy(() -> AesCbc.decrypting(KEY, new byte[15]));
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
