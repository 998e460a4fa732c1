package io.github.mtgjava.examples.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CtrStreamTest {

    private static final int LENGTH = 1000;

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 17, 255, 256, 257, 900})
    void goesOnRightBehindWhatItSkipped(int skipped) {
        byte[] whole = transform(stream(), LENGTH);
        CtrStream stream = stream();
        assertThat(transform(stream, 10)).isEqualTo(Arrays.copyOf(whole, 10));
        stream.skip(skipped);
        assertThat(transform(stream, 50)).isEqualTo(Arrays.copyOfRange(whole, 10 + skipped, 60 + skipped));
    }

    /** All bits of the counter are set, so the first carry runs through all of it. */
    private static CtrStream stream() {
        byte[] iv = new byte[16];
        Arrays.fill(iv, (byte) 0xff);
        return new CtrStream(new byte[32], iv);
    }

    private static byte[] transform(CtrStream stream, int length) {
        byte[] out = new byte[length];
        stream.transform(new byte[length], 0, length, out, 0);
        return out;
    }
}
