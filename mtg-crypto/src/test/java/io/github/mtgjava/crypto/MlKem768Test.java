package io.github.mtgjava.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MlKem768Test {

    private static final int MODULUS = 3329;
    private static final int VECTOR_BYTES = 960;
    private static final int CIPHERTEXTS = 100;

    /** Five standard deviations above the mean of a chi-square of 1023 degrees of freedom. */
    private static final double IMPLAUSIBLE = 1023 + 5 * Math.sqrt(2 * 1023);

    private final RandomSource random = new Random(1)::nextBytes;

    @Test
    void compressesAsTheStandardSays() {
        for (int bits : new int[] {4, 10}) {
            for (int x = 0; x < MODULUS; x++) {
                long rounded = Math.round((double) (1 << bits) * x / MODULUS);
                assertThat(MlKem768.compress(x, bits)).isEqualTo((int) (rounded % (1 << bits)));
            }
        }
    }

    @Test
    void encodesTheLowestBitFirst() {
        ByteBuffer target = ByteBuffer.allocate(5);
        MlKem768.encode(new int[] {0x3ff, 0, 0x201, 0x2}, 10, target);
        assertThat(HexFormat.of().formatHex(target.array())).isEqualTo("ff0310a000");
    }

    @Test
    void drawsAgainWhatIsOutOfRange() {
        byte[] key = MlKem768.randomPublicKey(script(MODULUS, 0xffff, MODULUS - 1, 5));
        assertThat(Arrays.stream(values(key, 768, 12)).limit(2)).containsExactly(MODULUS - 1, 5);
    }

    @Test
    void compressesWhatItDraws() {
        int[] drawn = IntStream.range(0, 1024).map(i -> i * 13 % MODULUS).toArray();
        byte[] ciphertext = MlKem768.randomCiphertext(script(drawn));
        assertThat(ciphertext).hasSize(MlKem768.CIPHERTEXT_BYTES);
        assertThat(values(ciphertext, 768, 10))
                .isEqualTo(IntStream.range(0, 768)
                        .map(i -> MlKem768.compress(drawn[i], 10))
                        .toArray());
        assertThat(values(Arrays.copyOfRange(ciphertext, VECTOR_BYTES, ciphertext.length), 256, 4))
                .isEqualTo(IntStream.range(768, 1024)
                        .map(i -> MlKem768.compress(drawn[i], 4))
                        .toArray());
    }

    @Test
    void keepsEveryCoefficientOfAKeyInRange() {
        for (int i = 0; i < 20; i++) {
            byte[] key = MlKem768.randomPublicKey(random);
            assertThat(key).hasSize(MlKem768.PUBLIC_KEY_BYTES);
            assertThat(Arrays.stream(values(key, 768, 12))).allMatch(value -> value < MODULUS);
        }
    }

    @Test
    void distributesCiphertextsAsRoundedCoefficientsAre() {
        int[] counts = new int[1024];
        for (int i = 0; i < CIPHERTEXTS; i++) {
            count(MlKem768.randomCiphertext(random), counts);
        }
        assertThat(chiSquare(counts)).isLessThan(IMPLAUSIBLE);
    }

    @Test
    void wouldBeGivenAwayByPlainNoise() {
        int[] counts = new int[1024];
        for (int i = 0; i < CIPHERTEXTS; i++) {
            count(random.bytes(MlKem768.CIPHERTEXT_BYTES), counts);
        }
        assertThat(chiSquare(counts)).isGreaterThan(IMPLAUSIBLE);
    }

    private static void count(byte[] ciphertext, int[] counts) {
        for (int value : values(ciphertext, 768, 10)) {
            counts[value]++;
        }
    }

    /** Against how many coefficients are rounded to each value: three or four. */
    private static double chiSquare(int[] counts) {
        int[] preimages = new int[counts.length];
        for (int x = 0; x < MODULUS; x++) {
            preimages[(int) (Math.round(1024.0 * x / MODULUS) % 1024)]++;
        }
        double sum = 0;
        for (int value = 0; value < counts.length; value++) {
            double expected = (double) CIPHERTEXTS * 768 * preimages[value] / MODULUS;
            sum += (counts[value] - expected) * (counts[value] - expected) / expected;
        }
        return sum;
    }

    /** Unpacks bit by bit. */
    private static int[] values(byte[] encoded, int count, int bits) {
        BitSet set = BitSet.valueOf(encoded);
        return IntStream.range(0, count)
                .map(i -> IntStream.range(0, bits)
                        .map(bit -> set.get(i * bits + bit) ? 1 << bit : 0)
                        .sum())
                .toArray();
    }

    /** Draws these numbers, and zeros behind them. */
    private static RandomSource script(int... numbers) {
        ByteBuffer script = ByteBuffer.allocate(8 * 1024);
        for (int number : numbers) {
            script.putShort((short) number);
        }
        script.clear();
        return script::get;
    }
}
