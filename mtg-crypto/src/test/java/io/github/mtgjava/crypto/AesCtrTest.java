package io.github.mtgjava.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AesCtrTest {

    /** NIST SP 800-38A, F.5.5 and F.5.6. */
    private static final byte[] NIST_KEY = hex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");

    private static final byte[] NIST_IV = hex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
    private static final byte[] NIST_PLAIN = hex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
            + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");
    private static final byte[] NIST_CIPHER = hex("601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5"
            + "2b0930daa23de94ce87017ba2d84988ddfc9c58db67aada613c2dd08457941a6");

    @Test
    void encryptsTheNistVector() {
        assertThat(transformed(new AesCtr(NIST_KEY, NIST_IV), NIST_PLAIN)).isEqualTo(NIST_CIPHER);
    }

    @Test
    void decryptsTheNistVector() {
        assertThat(transformed(new AesCtr(NIST_KEY, NIST_IV), NIST_CIPHER)).isEqualTo(NIST_PLAIN);
    }

    @Test
    void wrapsTheCounterFromAllOnesToZero() {
        byte[] ones = new byte[AesCtr.IV_BYTES];
        Arrays.fill(ones, (byte) 0xff);

        byte[] acrossTheWrap = transformed(new AesCtr(NIST_KEY, ones), new byte[48]);

        byte[] fromZero = transformed(new AesCtr(NIST_KEY, new byte[AesCtr.IV_BYTES]), new byte[32]);
        assertThat(Arrays.copyOfRange(acrossTheWrap, 16, 48)).isEqualTo(fromZero);
    }

    @Test
    void givesTheSameStreamInAnyPieces() {
        Random random = new Random(1);
        byte[] plain = new byte[5000];
        random.nextBytes(plain);
        byte[] whole = transformed(new AesCtr(NIST_KEY, NIST_IV), plain);
        for (int round = 0; round < 50; round++) {
            AesCtr cipher = new AesCtr(NIST_KEY, NIST_IV);
            byte[] pieces = new byte[plain.length];
            for (int at = 0; at < plain.length; ) {
                int length = Math.min(random.nextInt(200), plain.length - at);
                cipher.transform(plain, at, length, pieces, at);
                at += length;
            }
            assertThat(pieces).isEqualTo(whole);
        }
    }

    @Test
    void skipsExactlyTheGivenBytes() {
        byte[] stream = transformed(new AesCtr(NIST_KEY, NIST_IV), new byte[2000]);
        for (int skipped : new int[] {0, 1, 16, 64, 511, 512, 513, 1700}) {
            AesCtr cipher = new AesCtr(NIST_KEY, NIST_IV);
            cipher.skip(skipped);
            assertThat(transformed(cipher, new byte[stream.length - skipped]))
                    .isEqualTo(Arrays.copyOfRange(stream, skipped, stream.length));
        }
    }

    @Test
    void writesOnlyInsideTheGivenRange() {
        byte[] out = new byte[NIST_PLAIN.length + 4];
        new AesCtr(NIST_KEY, NIST_IV).transform(NIST_PLAIN, 16, 8, out, 3);
        assertThat(Arrays.copyOfRange(out, 0, 3)).containsOnly(0);
        assertThat(Arrays.copyOfRange(out, 11, out.length)).containsOnly(0);
    }

    @Test
    void refusesToWorkInPlace() {
        byte[] bytes = new byte[16];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AesCtr(NIST_KEY, NIST_IV).transform(bytes, 0, 16, bytes, 0));
    }

    @Test
    void doesNotMoveWhenARangeIsWrong() {
        AesCtr cipher = new AesCtr(NIST_KEY, NIST_IV);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> cipher.transform(NIST_PLAIN, 0, 64, new byte[63], 0));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> cipher.transform(NIST_PLAIN, 60, 5, new byte[64], 0));
        assertThat(transformed(cipher, NIST_PLAIN)).isEqualTo(NIST_CIPHER);
    }

    @Test
    void refusesWrongLengths() {
        assertThatIllegalArgumentException().isThrownBy(() -> new AesCtr(new byte[16], NIST_IV));
        assertThatIllegalArgumentException().isThrownBy(() -> new AesCtr(NIST_KEY, new byte[12]));
        assertThatIllegalArgumentException().isThrownBy(() -> new AesCtr(NIST_KEY, NIST_IV).skip(-1));
    }

    @Test
    void allocatesNothingPerTransform() throws ReflectiveOperationException {
        AesCtr.warmUp();
        AesCtr cipher = new AesCtr(NIST_KEY, NIST_IV);
        byte[] in = new byte[1024];
        byte[] out = new byte[1024];
        for (int call = 0; call < 20_000; call++) {
            cipher.transform(in, 0, in.length, out, 0);
        }

        long before = AllocatedBytes.ofCurrentThread();
        for (int call = 0; call < 100_000; call++) {
            cipher.transform(in, 0, in.length, out, 0);
        }
        long allocated = AllocatedBytes.ofCurrentThread() - before;

        // A single object per call would already be 1,600,000 bytes; the rest is for the measurement itself.
        assertThat(allocated).isLessThan(100_000);
    }

    private static byte[] transformed(AesCtr cipher, byte[] in) {
        byte[] out = new byte[in.length];
        cipher.transform(in, 0, in.length, out, 0);
        return out;
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
