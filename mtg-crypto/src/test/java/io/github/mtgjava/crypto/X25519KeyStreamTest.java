package io.github.mtgjava.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class X25519KeyStreamTest {

    private static final BigInteger P = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger A24 = BigInteger.valueOf(121_665);

    /** Of the base point, RFC 7748, 4.1. */
    private static final BigInteger ORDER =
            BigInteger.ONE.shiftLeft(252).add(new BigInteger("14def9dea2f79cd65812631a5cf5d3ed", 16));

    private static RandomSource seeded(long seed) {
        Random random = new Random(seed);
        return random::nextBytes;
    }

    @Test
    void keysAreMultiplesOfTheBasePointAsRealOnesAre() {
        X25519KeyStream stream = new X25519KeyStream(seeded(1));
        for (int round = 0; round < 4; round++) {
            for (byte[] key : stream.next()) {
                assertThat(isOfTheBasePointsGroup(key)).isTrue();
            }
        }
    }

    @Test
    void thatCheckKnowsWhatIsNoKey() {
        assertThat(isOfTheBasePointsGroup(X25519.randomPublicKey(seeded(2)))).isTrue();
        Random random = new Random(3);
        int good = 0;
        for (int i = 0; i < 64; i++) {
            byte[] noise = new byte[X25519.KEY_BYTES];
            random.nextBytes(noise);
            noise[31] &= 0x7f;
            good += isOfTheBasePointsGroup(noise) ? 1 : 0;
        }
        // One in sixteen is, by chance.
        assertThat(good).isBetween(0, 16);
    }

    @Test
    void noKeyComesTwiceAndNeighboursHaveNothingInCommon() {
        X25519KeyStream stream = new X25519KeyStream(seeded(4));
        Set<String> seen = new HashSet<>();
        int[] bits = new int[255];
        for (int round = 0; round < 40; round++) {
            for (byte[] key : stream.next()) {
                assertThat(key).hasSize(X25519.KEY_BYTES);
                assertThat(key[31]).as("top bit").isNotNegative();
                assertThat(seen.add(HexFormat.of().formatHex(key))).isTrue();
                for (int bit = 0; bit < bits.length; bit++) {
                    bits[bit] += key[bit / 8] >>> bit % 8 & 1;
                }
            }
        }
        assertThat(seen).hasSize(40 * X25519KeyStream.BATCH);
        // Half of them, give or take six standard deviations.
        for (int set : bits) {
            assertThat(set).isBetween((int) (0.44 * seen.size()), (int) (0.56 * seen.size()));
        }
    }

    @Test
    void theGivenRandomnessDecides() {
        assertThat(hex(new X25519KeyStream(seeded(5)).next()))
                .isEqualTo(hex(new X25519KeyStream(seeded(5)).next()))
                .isNotEqualTo(hex(new X25519KeyStream(seeded(6)).next()));
    }

    @Test
    void everyBatchDependsOnRandomnessDrawnForIt() {
        assertThat(secondBatch(9)).isEqualTo(secondBatch(9)).isNotEqualTo(secondBatch(10));
        List<String> all = new ArrayList<>(secondBatch(9));
        all.retainAll(secondBatch(10));
        assertThat(all).isEmpty();
    }

    /** Of streams that have all in common but what is drawn for this batch. */
    private static List<String> secondBatch(long seed) {
        RandomSource[] source = {seeded(8)};
        X25519KeyStream stream = new X25519KeyStream(target -> source[0].nextBytes(target));
        stream.next();
        source[0] = seeded(seed);
        return hex(stream.next());
    }

    @Test
    void everyKeyIsEightDrawnStepsFromTheOneBefore() {
        List<Integer> drawn = new ArrayList<>();
        RandomSource source = seeded(11);
        X25519KeyStream stream = new X25519KeyStream(target -> {
            drawn.add(target.length);
            source.nextBytes(target);
        });
        drawn.clear();
        stream.next();
        assertThat(drawn).isEqualTo(Collections.nCopies(8, 2 * X25519KeyStream.BATCH));
    }

    private static List<String> hex(List<byte[]> keys) {
        List<String> texts = new ArrayList<>();
        keys.forEach(key -> texts.add(HexFormat.of().formatHex(key)));
        return texts;
    }

    @Test
    void refusesASourceThatRepeatsItself() {
        RandomSource stuck = target -> target[0] = 8;
        assertThatIllegalStateException().isThrownBy(() -> new X25519KeyStream(stuck));
    }

    /** The Montgomery ladder of RFC 7748, 5, with a scalar that makes exactly those points vanish. */
    private static boolean isOfTheBasePointsGroup(byte[] key) {
        byte[] bigEndian = new byte[key.length];
        for (int i = 0; i < key.length; i++) {
            bigEndian[i] = key[key.length - 1 - i];
        }
        BigInteger u = new BigInteger(1, bigEndian);
        BigInteger x2 = BigInteger.ONE;
        BigInteger z2 = BigInteger.ZERO;
        BigInteger x3 = u;
        BigInteger z3 = BigInteger.ONE;
        for (int bit = ORDER.bitLength() - 1; bit >= 0; bit--) {
            boolean swap = ORDER.testBit(bit);
            BigInteger xa = swap ? x3 : x2;
            BigInteger za = swap ? z3 : z2;
            BigInteger xb = swap ? x2 : x3;
            BigInteger zb = swap ? z2 : z3;
            BigInteger a = xa.add(za);
            BigInteger b = xa.subtract(za);
            BigInteger aa = a.multiply(a).mod(P);
            BigInteger bb = b.multiply(b).mod(P);
            BigInteger e = aa.subtract(bb);
            BigInteger da = xb.subtract(zb).multiply(a).mod(P);
            BigInteger cb = xb.add(zb).multiply(b).mod(P);
            BigInteger doubledX = aa.multiply(bb).mod(P);
            BigInteger doubledZ = e.multiply(aa.add(A24.multiply(e))).mod(P);
            BigInteger addedX = da.add(cb).pow(2).mod(P);
            BigInteger addedZ = u.multiply(da.subtract(cb).pow(2)).mod(P);
            x2 = swap ? addedX : doubledX;
            z2 = swap ? addedZ : doubledZ;
            x3 = swap ? doubledX : addedX;
            z3 = swap ? doubledZ : addedZ;
        }
        return z2.signum() == 0;
    }
}
