package io.github.mtgjava.transport.faketls;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One area, cut for clients on every step of their {@link RecordRamp}. Each way of cutting it is made when it is first needed;
 * afterwards nothing is allocated. Confined to one thread.
 */
public final class RampSlots {

    private final ByteBuffer area;
    private final @Nullable RecordSlots[] bySteps = new RecordSlots[RecordRamp.FULL_STEP + 1];

    /**
     * Nothing is cut yet.
     *
     * @param area as for {@link RecordSlots}, with room for a full record
     */
    public RampSlots(ByteBuffer area) {
        this.area = area;
    }

    /**
     * The slots for the next records of that client.
     *
     * @param ramp the client's
     * @return slots over the area, those of one step always being the same
     */
    public RecordSlots next(RecordRamp ramp) {
        int step = ramp.step();
        RecordSlots slots = bySteps[step];
        if (slots == null) {
            slots = RecordRamp.slots(area, step);
            bySteps[step] = slots;
        }
        return slots;
    }
}
