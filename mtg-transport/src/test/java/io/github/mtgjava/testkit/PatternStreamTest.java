package io.github.mtgjava.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PatternStreamTest {
    /** SplitMix64 with seed 1234567 is known to begin with 6457827717110365317, 3203168211198807973. */
    @Test
    void isSplitMix64InLittleEndian() {
        assertThat(PatternStream.bytes(1234567, 16))
                .isEqualTo(ByteBuffer.allocate(16)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(6457827717110365317L)
                        .putLong(3203168211198807973L)
                        .array());
    }

    @Test
    void doesNotDependOnHowItIsCut() {
        byte[] whole = PatternStream.bytes(3, 10_000);
        byte[] pieces = new byte[whole.length];
        Random random = new Random(1);
        PatternStream stream = new PatternStream(3);
        while (stream.position() < pieces.length) {
            int at = (int) stream.position();
            stream.fill(pieces, at, Math.min(random.nextInt(40), pieces.length - at));
        }
        assertThat(pieces).isEqualTo(whole);
    }

    @Test
    void startsAnywhere() {
        byte[] tail = new byte[100];
        new PatternStream(3, 4321).fill(tail, 0, tail.length);
        assertThat(tail).isEqualTo(Arrays.copyOfRange(PatternStream.bytes(3, 5000), 4321, 4421));
        assertThatThrownBy(() -> new PatternStream(3, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void findsAnySingleWrongByte() {
        byte[] bytes = new byte[64];
        for (int start = 0; start < 9; start++) {
            for (int wrong = 0; wrong < bytes.length; wrong++) {
                new PatternStream(5, start).fill(bytes, 0, bytes.length);
                assertThat(new PatternStream(5, start).verify(bytes, 0, bytes.length))
                        .isTrue();
                bytes[wrong] ^= 1;
                PatternStream verifier = new PatternStream(5, start);
                assertThat(verifier.mismatch(bytes, 0, bytes.length)).isEqualTo(wrong);
                assertThat(verifier.position()).isEqualTo(start + bytes.length);
            }
        }
    }

    @Test
    void verifiesStreams() throws IOException {
        byte[] bytes = PatternStream.bytes(6, 100_000);
        assertThat(new PatternStream(6).verifyFrom(new ByteArrayInputStream(bytes), bytes.length))
                .isEqualTo(-1);
        bytes[77_777] ^= 1;
        bytes[88_888] ^= 1;
        assertThat(new PatternStream(6).verifyFrom(new ByteArrayInputStream(bytes), bytes.length))
                .isEqualTo(77_777);
        assertThatThrownBy(() -> new PatternStream(6).verifyFrom(new ByteArrayInputStream(bytes), 100_001))
                .isInstanceOf(EOFException.class);
    }
}
