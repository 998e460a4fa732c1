package io.github.mtgjava.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.replay.ReplayFiles.Print;
import io.github.mtgjava.testkit.Feeding;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayFileReaderTest {

    private static final int HEADER = 40;
    private static final int RECORD = 20;
    private static final List<Print> PRINTS = ReplayFiles.prints(0, 5);
    private static final byte[] FILE = ReplayFiles.file(ReplayFiles.SALT, 7, PRINTS);

    /** What became of a file. */
    private record Outcome(
            List<Print> prints, long goodBytes, @Nullable String fault) {}

    private static Outcome read(byte[] file) {
        List<Outcome> outcomes = Feeding.all(file).stream()
                .map(ReplayFileReaderTest::read)
                .distinct()
                .toList();
        assertThat(outcomes).as("under every feeding").hasSize(1);
        return outcomes.get(0);
    }

    private static Outcome read(Feeding feeding) {
        ReplayFileReader reader = new ReplayFileReader(7, ReplayFiles.SALT);
        List<Print> prints = new ArrayList<>();
        for (ByteBuffer chunk : feeding.chunks()) {
            reader.read(chunk, (high, low) -> prints.add(new Print(high, low)));
            assertThat(chunk.hasRemaining()).isFalse();
        }
        assertThat(reader.records()).isEqualTo(prints.size());
        return new Outcome(prints, reader.goodBytes(), reader.fault());
    }

    @Test
    void theFormatIsWhatItIs() {
        assertThat(HexFormat.of().formatHex(FILE, 0, HEADER + RECORD))
                .isEqualTo("6d74677265706c79" + "00000001" + "30313233343536373839616263646566" + "0000000000000007"
                        + "%08x".formatted(crc(FILE, 0, 36)) + "9e3779b97f4a7c15" + "ffffffffffffffff"
                        + "%08x"
                                .formatted(crc(
                                        ByteBuffer.allocate(28)
                                                .put(FILE, 36, 4)
                                                .putLong(0)
                                                .put(FILE, HEADER, 16)
                                                .array(),
                                        0,
                                        28)));
    }

    private static int crc(byte[] bytes, int from, int count) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, count);
        return (int) crc.getValue();
    }

    @Test
    void readsWhatWasWritten() {
        assertThat(read(FILE)).isEqualTo(new Outcome(PRINTS, FILE.length, null));
        byte[] empty = Arrays.copyOf(FILE, HEADER);
        assertThat(read(empty)).isEqualTo(new Outcome(List.of(), HEADER, null));
    }

    /** A crash cuts the file off, a power cut leaves zeros where something was to be written: neither is worth a word. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 19, 20, 21, 5000})
    void takesWhatIsWholeOfAFileCutOffAnywhere(int zeros) {
        for (int cut = 0; cut <= FILE.length; cut++) {
            byte[] torn = Arrays.copyOf(Arrays.copyOf(FILE, cut), cut + zeros);
            if (cut > 0 && cut < HEADER && zeros > 0) {
                // It comes with the first page, or not at all.
                continue;
            }
            Outcome outcome = zeros > 100 ? read(Feeding.some(torn).get(0)) : read(torn);
            int whole = cut < HEADER ? 0 : (cut - HEADER) / RECORD;
            // Zeros may be just what would have come.
            while (whole < 5 && startsWith(torn, HEADER + (whole + 1) * RECORD)) {
                whole++;
            }
            assertThat(outcome.prints()).as("cut at %d", cut).isEqualTo(PRINTS.subList(0, whole));
            assertThat(outcome.fault()).as("cut at %d", cut).isNull();
        }
    }

    private static boolean startsWith(byte[] torn, int count) {
        return torn.length >= count && Arrays.equals(torn, 0, count, FILE, 0, count);
    }

    @Test
    void stopsAtAnyFlippedBit() {
        for (int at = 0; at < FILE.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = FILE.clone();
                flipped[at] ^= (byte) (1 << bit);
                Outcome outcome = read(Feeding.some(flipped).get(bit));
                int good = at < HEADER ? 0 : (at - HEADER) / RECORD;
                assertThat(outcome.prints()).as("byte %d", at).isEqualTo(PRINTS.subList(0, good));
                assertThat(outcome.goodBytes()).isEqualTo(at < HEADER ? 0 : HEADER + good * RECORD);
                assertThat(outcome.fault()).as("byte %d", at).isNotNull();
            }
        }
    }

    @Test
    void recordsHoldInTheirPlaceOnly() {
        byte[] swapped = FILE.clone();
        System.arraycopy(FILE, HEADER, swapped, HEADER + RECORD, RECORD);
        System.arraycopy(FILE, HEADER + RECORD, swapped, HEADER, RECORD);
        assertThat(read(swapped)).isEqualTo(new Outcome(List.of(), HEADER, "is damaged from byte 40 on"));
        byte[] elsewhere = ReplayFiles.file(ReplayFiles.SALT, 8, PRINTS);
        System.arraycopy(FILE, 0, elsewhere, 0, HEADER);
        assertThat(read(elsewhere).prints()).isEmpty();
    }

    @Test
    void refusesFilesOfOthers() {
        byte[] salt = ReplayFiles.SALT.clone();
        salt[3]++;
        assertThat(read(ReplayFiles.file(salt, 7, PRINTS)).fault())
                .isEqualTo("belongs to other files than those beside it");
        assertThat(read(ReplayFiles.file(ReplayFiles.SALT, 6, PRINTS)).fault())
                .isEqualTo("has the name of another file");
        byte[] version = FILE.clone();
        version[11] = 2;
        assertThat(read(version).fault()).isEqualTo("is of another version");
        ReplayFileReader any = new ReplayFileReader(7, null);
        any.read(ByteBuffer.wrap(ReplayFiles.file(salt, 7, PRINTS)), (high, low) -> {});
        assertThat(any.header())
                .isNotNull()
                .satisfies(header -> assertThat(header.salt()).isEqualTo(salt));
    }

    @ParameterizedTest
    @CsvSource({"garbage", "mtgreplz", "m1", "a text that is longer than any header of ours would ever be"})
    void saysThatOtherThingsAreNoFiles(String text) {
        assertThat(read(text.getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(new Outcome(List.of(), 0, "is no file of handshakes"));
    }

    @Test
    void knowsWhenNothingCanChangeAnyMore() {
        ReplayFileReader reader = new ReplayFileReader(7, ReplayFiles.SALT);
        reader.read(ByteBuffer.wrap(FILE), (high, low) -> {});
        reader.read(ByteBuffer.wrap(new byte[100]), (high, low) -> {});
        assertThat(reader.isHopeless()).isFalse();
        reader.read(ByteBuffer.wrap(new byte[] {1}), (high, low) -> {});
        assertThat(reader.isHopeless()).isTrue();
    }
}
