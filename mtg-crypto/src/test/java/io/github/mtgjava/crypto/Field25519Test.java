package io.github.mtgjava.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Field25519Test {

    private static final BigInteger P = Field25519.P;

    private final Field25519 field = new Field25519();

    /** The edges, and some from in between. */
    private static List<BigInteger> numbers() {
        List<BigInteger> numbers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            numbers.add(BigInteger.valueOf(i));
            numbers.add(P.subtract(BigInteger.valueOf(i + 1)));
        }
        for (int bits = 50; bits < 255; bits += 51) {
            numbers.add(BigInteger.ONE.shiftLeft(bits));
            numbers.add(
                    BigInteger.ONE.shiftLeft(bits + 1).subtract(BigInteger.ONE).mod(P));
        }
        Random random = new Random(25519);
        for (int i = 0; i < 100; i++) {
            numbers.add(new BigInteger(255, random).mod(P));
        }
        return numbers;
    }

    @Test
    void limbsAreTheNumber() {
        for (BigInteger number : numbers()) {
            assertThat(Field25519.number(Field25519.limbs(number))).isEqualTo(number);
        }
    }

    @Test
    void multipliesAndSubtractsAsBigNumbersDo() {
        long[] out = new long[Field25519.LIMBS];
        for (BigInteger a : numbers()) {
            for (BigInteger b : numbers()) {
                field.multiply(out, Field25519.limbs(a), Field25519.limbs(b));
                assertThat(Field25519.number(out)).isEqualTo(a.multiply(b).mod(P));
                Field25519.subtract(out, Field25519.limbs(a), Field25519.limbs(b));
                assertThat(Field25519.number(out)).isEqualTo(a.subtract(b).mod(P));
            }
        }
    }

    @Test
    void resultsCanBeUsedFurther() {
        Random random = new Random(1);
        BigInteger[] numbers = new BigInteger[8];
        long[][] limbs = new long[numbers.length][];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = P.subtract(BigInteger.valueOf(i + 1));
            limbs[i] = Field25519.limbs(numbers[i]);
        }
        for (int round = 0; round < 20_000; round++) {
            int a = random.nextInt(numbers.length);
            int b = random.nextInt(numbers.length);
            int out = random.nextInt(numbers.length);
            if (random.nextBoolean()) {
                field.multiply(limbs[out], limbs[a], limbs[b]);
                numbers[out] = numbers[a].multiply(numbers[b]).mod(P);
            } else {
                Field25519.subtract(limbs[out], limbs[a], limbs[b]);
                numbers[out] = numbers[a].subtract(numbers[b]).mod(P);
            }
            assertThat(Field25519.number(limbs[out])).isEqualTo(numbers[out]);
            assertThat(Arrays.stream(limbs[out]).max().orElseThrow()).isLessThan(1L << 52);
            assertThat(Arrays.stream(limbs[out]).min().orElseThrow()).isNotNegative();
        }
    }
}
