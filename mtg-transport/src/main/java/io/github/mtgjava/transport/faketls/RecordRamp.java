package io.github.mtgjava.transport.faketls;

import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/**
 * How long the records to one client may be if they grow (docs/protocol.md, Records), as those of many web servers do: a client
 * can use the first of an answer as soon as its first TCP segment is there, and later ones cost little. After a pause they are
 * short again, as TCP's window then is.
 *
 * <p>Take {@link #step}, send records that are no longer than those of {@link #slots} for it, and say so with {@link #sent}.
 * One per client; belongs to one thread at a time.
 */
public final class RecordRamp {

    /** From this step on records are full. */
    public static final int FULL_STEP = 11;

    /** By so much records grow from one to the next. The first, header included, fits a segment on nearly every path. */
    private static final int SEGMENT_BYTES = 1369;

    private static final long PAUSE_NANOS = 1_000_000_000;

    private final LongSupplier nanos;
    private long lastSent;
    private int step;

    /**
     * Begins with a short record.
     *
     * @param nanos tells the time, of which only differences count
     */
    public RecordRamp(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Where the client is now.
     *
     * @return 0 for the first record of all and after a pause, one more for each that follows, at most {@link #FULL_STEP}
     */
    public int step() {
        return nanos.getAsLong() - lastSent < PAUSE_NANOS ? step : 0;
    }

    /**
     * The client was sent records, now.
     *
     * @param records how many, 0 or more
     */
    public void sent(int records) {
        step = Math.min(step() + records, FULL_STEP);
        lastSent = nanos.getAsLong();
    }

    /**
     * Cuts an area for a client that is on that step.
     *
     * @param area as for {@link RecordSlots}, with room for a full record
     * @param step 0 to {@link #FULL_STEP}
     * @return slots of which each holds as much as its record may
     */
    public static RecordSlots slots(ByteBuffer area, int step) {
        return new RecordSlots(area, slot -> payloadBytes(step + slot));
    }

    /** Payload of a record on that step, or later. */
    static int payloadBytes(int step) {
        return step < FULL_STEP ? (step + 1) * SEGMENT_BYTES - RecordSlots.HEADER_BYTES : RecordSlots.MAX_PAYLOAD;
    }
}
