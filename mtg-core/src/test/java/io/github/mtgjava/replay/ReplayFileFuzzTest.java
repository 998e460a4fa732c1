package io.github.mtgjava.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.mtgjava.replay.ReplayFiles.Print;
import io.github.mtgjava.testkit.Feeding;
import io.github.mtgjava.testkit.Seeds;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReplayFileFuzzTest {

    private static final int CHECK_AT = ReplayFileHeader.BYTES - Integer.BYTES;

    /** What became of a file. */
    private record Outcome(
            List<Print> prints, long goodBytes, @Nullable String fault, boolean hasHeader) {}

    static Stream<Arguments> seeds() {
        byte[] file = ReplayFiles.file(ReplayFiles.SALT, 7, ReplayFiles.prints(0, 3));
        byte[] damaged = file.clone();
        damaged[70] ^= 1;
        return Stream.of(
                        file,
                        Arrays.copyOf(file, 40),
                        Arrays.copyOf(file, 75),
                        Arrays.copyOf(file, 200),
                        damaged,
                        ReplayFiles.file(ReplayFiles.SALT, 1, ReplayFiles.prints(9, 1)),
                        new byte[64])
                .map(Seeds::seed);
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsOnlyWhatWasWritten(byte[] bytes) {
        check(bytes);
        // Nobody guesses checks, so that otherwise only the form of a beginning would be judged.
        check(withGoodChecks(bytes));
    }

    private static void check(byte[] bytes) {
        Outcome outcome = Feeding.agreed(bytes, ReplayFileFuzzTest::read);
        assertThat(outcome.goodBytes()).isBetween(0L, (long) bytes.length);
        if (!outcome.hasHeader()) {
            assertThat(outcome.goodBytes()).isZero();
            assertThat(outcome.prints()).isEmpty();
            return;
        }
        byte[] good = Arrays.copyOf(bytes, (int) outcome.goodBytes());
        assertThat(ReplayFiles.file(ReplayFileHeader.read(bytes), outcome.prints()))
                .isEqualTo(good);
        assertThat(Feeding.agreed(good, ReplayFileFuzzTest::read))
                .isEqualTo(new Outcome(outcome.prints(), good.length, null, true));
        if (outcome.fault() == null) {
            int last = good.length + ReplayFileHeader.RECORD_BYTES - 1;
            for (int at = last; at < bytes.length; at++) {
                assertThat(bytes[at]).as("byte %d", at).isZero();
            }
        }
    }

    private static Outcome read(Feeding feeding) {
        ReplayFileReader reader = new ReplayFileReader(7, ReplayFiles.SALT);
        List<Print> prints = new ArrayList<>();
        for (ByteBuffer chunk : feeding.chunks()) {
            reader.read(chunk, (high, low) -> prints.add(new Print(high, low)));
        }
        return new Outcome(prints, reader.goodBytes(), reader.fault(), reader.header() != null);
    }

    private static byte[] withGoodChecks(byte[] bytes) {
        if (bytes.length < ReplayFileHeader.BYTES) {
            return bytes;
        }
        ByteBuffer mended = ByteBuffer.wrap(bytes.clone());
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, CHECK_AT);
        mended.putInt(CHECK_AT, (int) crc.getValue());
        RecordCheck check = ReplayFileHeader.read(mended.array()).recordCheck();
        mended.position(ReplayFileHeader.BYTES);
        for (int i = 0; mended.remaining() >= ReplayFileHeader.RECORD_BYTES; i++) {
            long high = mended.getLong();
            mended.putInt(mended.position() + Long.BYTES, check.of(i, high, mended.getLong(mended.position())));
            mended.position(mended.position() + Long.BYTES + Integer.BYTES);
        }
        return mended.array();
    }
}
