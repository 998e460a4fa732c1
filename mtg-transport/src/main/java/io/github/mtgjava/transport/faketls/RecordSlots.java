package io.github.mtgjava.transport.faketls;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Wraps what a client is sent in application-data records without copying it (docs/protocol.md, Records): the payload is read straight
 * into slots that have room for a header before them.
 *
 * <pre>
 *   area   | header | payload | header | payload | … | rest, unused
 *   views             0                  1
 * </pre>
 *
 * {@link #arm} the views, read into them in one scattering read, transform the payload in place if need be, then
 * {@link #seal} and write the result.
 *
 * <p>Confined to one thread; used by one read after the other; allocates nothing after construction.
 */
public final class RecordSlots {

    /** Length of a record's header. */
    public static final int HEADER_BYTES = Tls.RECORD_HEADER_BYTES;

    /** The payload of a full record of a real TLS 1.3 server: 2<sup>14</sup> bytes, their type and a 16-byte tag. */
    public static final int MAX_PAYLOAD = (1 << 14) + 1 + 16;

    /** The longest payload that TLS allows at all. */
    private static final int LONGEST_LEGAL_PAYLOAD = (1 << 14) + 256;

    private final ByteBuffer area;
    private final ByteBuffer[] views;
    private final int[] offsets;
    private final int capacity;

    /** The area once more, so that its own position, limit and byte order stay the caller's. */
    private final ByteBuffer sealed;

    /**
     * Cuts an area into as many slots as fit.
     *
     * @param area the memory, direct or not, from index 0 to its capacity; it may serve others between two uses here
     * @param maxPayload payload bytes per record, 1 to 16,640; {@link #MAX_PAYLOAD} looks like a real server
     * @throws IllegalArgumentException if {@code maxPayload} is out of range or the area too small for one slot
     */
    public RecordSlots(ByteBuffer area, int maxPayload) {
        this(area, always(maxPayload));
    }

    /** With payloads of several lengths, by the number of the slot; each has to be legal. */
    RecordSlots(ByteBuffer area, IntUnaryOperator payloads) {
        this.area = area;
        this.sealed = area.duplicate().clear();
        this.offsets = offsets(area.capacity(), payloads);
        this.views = new ByteBuffer[offsets.length];
        int payloadBytes = 0;
        for (int slot = 0; slot < views.length; slot++) {
            views[slot] = sealed.slice(offsets[slot], payloads.applyAsInt(slot));
            payloadBytes += views[slot].capacity();
        }
        this.capacity = payloadBytes;
    }

    private static IntUnaryOperator always(int maxPayload) {
        if (maxPayload < 1 || maxPayload > LONGEST_LEGAL_PAYLOAD) {
            throw new IllegalArgumentException(
                    "A record holds 1 to " + LONGEST_LEGAL_PAYLOAD + " payload bytes: " + maxPayload);
        }
        return slot -> maxPayload;
    }

    private static int[] offsets(int areaBytes, IntUnaryOperator payloads) {
        int[] offsets = new int[1 + areaBytes / HEADER_BYTES];
        int slots = 0;
        int end = HEADER_BYTES + payloads.applyAsInt(0);
        while (end <= areaBytes) {
            offsets[slots] = end - payloads.applyAsInt(slots);
            slots++;
            end += HEADER_BYTES + payloads.applyAsInt(slots);
        }
        if (slots == 0) {
            throw new IllegalArgumentException("Too small for a slot of " + end + " bytes: " + areaBytes);
        }
        return Arrays.copyOf(offsets, slots);
    }

    /**
     * The payload parts of the slots, for a scattering read into the first {@link #arm} of them.
     *
     * @return always the same array of always the same buffers, not to be changed
     */
    public ByteBuffer[] views() {
        return views;
    }

    /**
     * Clears views for a read.
     *
     * @param maxBytes the most to read, 0 or more; fewer if that is more than all slots hold
     * @return how many views to read into, from the first on
     * @throws IllegalArgumentException if {@code maxBytes} is negative
     */
    public int arm(int maxBytes) {
        int slot = 0;
        for (int left = Math.min(requireNotNegative(maxBytes), capacity); left > 0; slot++) {
            int length = payloadBytes(slot, left);
            views[slot].position(0).limit(length);
            left -= length;
        }
        return slot;
    }

    /**
     * Fills in the headers of what has been read.
     *
     * @param bytesRead payload bytes in the slots, from the first on; 0 makes no record
     * @return complete records, in read mode; always the same buffer, valid until the next call
     * @throws IllegalArgumentException if {@code bytesRead} is negative or more than the slots hold
     */
    public ByteBuffer seal(int bytesRead) {
        if (requireNotNegative(bytesRead) > capacity) {
            throw new IllegalArgumentException("More than all slots hold: " + bytesRead);
        }
        sealed.clear();
        int slot = 0;
        for (int left = bytesRead; left > 0; slot++) {
            int length = payloadBytes(slot, left);
            sealed.position(offsets[slot] - HEADER_BYTES);
            sealed.put((byte) Tls.APPLICATION_DATA).putShort((short) Tls.VERSION);
            sealed.putShort((short) length);
            left -= length;
        }
        return sealed.position(0).limit(slot * HEADER_BYTES + bytesRead);
    }

    /**
     * How many bytes one slot has of what has been read.
     *
     * @param slot the number of the slot, from 0
     * @param left payload bytes in this slot and those behind it
     * @return the smaller of that and what the slot holds
     */
    public int payloadBytes(int slot, int left) {
        return Math.min(left, views[slot].capacity());
    }

    /**
     * Where the payload of a slot begins.
     *
     * @param slot the number of the slot, from 0
     * @return an index into {@link #area()}
     */
    public int payloadOffset(int slot) {
        return offsets[slot];
    }

    /**
     * How much payload all slots together hold.
     *
     * @return bytes
     */
    public int capacity() {
        return capacity;
    }

    /**
     * The memory that the slots are cut from.
     *
     * @return the buffer given at construction
     */
    public ByteBuffer area() {
        return area;
    }

    private static int requireNotNegative(int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("A negative number of bytes: " + bytes);
        }
        return bytes;
    }
}
