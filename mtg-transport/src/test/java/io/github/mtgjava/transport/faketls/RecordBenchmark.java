package io.github.mtgjava.transport.faketls;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Records around what one read of a socket yields: one with a small message, or eight full ones. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class RecordBenchmark {

    private static final int AREA_BYTES = 256 * 1024;

    /** Payload of all records together. */
    @Param({"208", "131208"})
    public int bytes;

    private final RecordSlots slots = new RecordSlots(ByteBuffer.allocateDirect(AREA_BYTES), RecordSlots.MAX_PAYLOAD);
    private final RecordSlots growing = RecordRamp.slots(ByteBuffer.allocateDirect(AREA_BYTES), 0);
    private final RecordReader reader = new RecordReader();
    private ByteBuffer wire;

    /** For JMH. */
    public RecordBenchmark() {}

    @Setup
    public void prepare() {
        ByteBuffer sealed = slots.seal(bytes);
        wire = ByteBuffer.allocateDirect(sealed.remaining()).put(sealed).flip();
    }

    @Benchmark
    public int wrap() {
        return wrap(slots);
    }

    /** The same in records that begin short: up to fourteen. */
    @Benchmark
    public int wrapGrowing() {
        return wrap(growing);
    }

    private int wrap(RecordSlots cut) {
        int views = cut.arm(bytes);
        return views + cut.seal(bytes).remaining();
    }

    @Benchmark
    public int unwrap() {
        wire.rewind();
        int payload = 0;
        for (int count = reader.next(wire); count > 0; count = reader.next(wire)) {
            payload += count;
            wire.position(wire.position() + count);
        }
        if (payload != bytes) {
            throw new IllegalStateException("unwrapped " + payload + " bytes");
        }
        return payload;
    }
}
