package io.github.mtgjava.testkit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * One way in which a stream of bytes may arrive. A decoder must come to the same result under all of them.
 *
 * <p>Buffers are read-only and backed by no accessible array, and none is longer than its chunk, so that a decoder that
 * looks further or writes into its input fails.
 */
public final class Feeding {

    private static final int RANDOM_FEEDINGS = 8;

    private final String name;
    private final byte[] bytes;
    private final int[] ends;

    private Feeding(String name, byte[] bytes, int[] ends) {
        this.name = name;
        this.bytes = bytes;
        this.ends = ends;
    }

    /** Whole, one byte at a time, cut in two at every place, and in random chunks that the length of the bytes seeds. */
    public static List<Feeding> all(byte[] bytes) {
        List<Feeding> all = new ArrayList<>(some(bytes));
        for (int cut = 1; cut < bytes.length; cut++) {
            all.add(new Feeding("cut at " + cut, bytes, new int[] {cut, bytes.length}));
        }
        return all;
    }

    /** As {@link #all} without the cuts, for long streams. */
    public static List<Feeding> some(byte[] bytes) {
        List<Feeding> some = new ArrayList<>();
        some.add(whole(bytes));
        some.add(byteByByte(bytes));
        for (int seed = 0; seed < RANDOM_FEEDINGS; seed++) {
            some.add(random(bytes, seed));
        }
        return some;
    }

    /**
     * What a decoder makes of the bytes, which has to be the same whether they arrive whole, byte by byte or in random chunks.
     * Not as thorough as the others, but quick: for fuzzing, where the next bytes come in no time.
     *
     * @param decode from a fresh decoder to what it came to, of which all that matters takes part in {@code equals}
     */
    public static <T> T agreed(byte[] bytes, Function<Feeding, T> decode) {
        T outcome = decode.apply(whole(bytes));
        for (Feeding feeding : List.of(byteByByte(bytes), random(bytes, 0))) {
            T other = decode.apply(feeding);
            if (!other.equals(outcome)) {
                throw new AssertionError(feeding + ": " + other + ", but whole: " + outcome);
            }
        }
        return outcome;
    }

    private static Feeding whole(byte[] bytes) {
        return new Feeding("whole", bytes, new int[] {bytes.length});
    }

    private static Feeding byteByByte(byte[] bytes) {
        return new Feeding(
                "byte by byte", bytes, IntStream.rangeClosed(1, bytes.length).toArray());
    }

    private static Feeding random(byte[] bytes, int seed) {
        Random random = new Random(31L * bytes.length + seed);
        int longest = 1 + Math.max(1, bytes.length >> random.nextInt(6));
        List<Integer> ends = new ArrayList<>();
        for (int end = 0; end < bytes.length; ) {
            end = Math.min(bytes.length, end + random.nextInt(longest + 1));
            ends.add(end);
        }
        return new Feeding(
                "random chunks, seed " + seed,
                bytes,
                ends.stream().mapToInt(Integer::intValue).toArray());
    }

    /** For the message of an assertion. */
    public String name() {
        return name;
    }

    /** What each read brings, in order; empty chunks occur. */
    public List<ByteBuffer> chunks() {
        List<ByteBuffer> chunks = new ArrayList<>();
        int start = 0;
        for (int end : ends) {
            chunks.add(readOnly(start, end));
            start = end;
        }
        return chunks;
    }

    /** All bytes so far after each read, for a reader that wants to see everything again. */
    public List<ByteBuffer> growing() {
        List<ByteBuffer> growing = new ArrayList<>();
        for (int end : ends) {
            growing.add(readOnly(0, end));
        }
        return growing;
    }

    @Override
    public String toString() {
        return name;
    }

    private ByteBuffer readOnly(int start, int end) {
        return ByteBuffer.wrap(bytes, start, end - start).slice().asReadOnlyBuffer();
    }
}
