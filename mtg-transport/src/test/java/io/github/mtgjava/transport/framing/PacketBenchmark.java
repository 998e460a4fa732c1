package io.github.mtgjava.transport.framing;

import io.github.mtgjava.crypto.ExpandedRandom;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.transport.obfuscated2.ProtocolTag;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A client's packets, small messages in them: finding them in what it sends, and making some for it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class PacketBenchmark {

    private static final int PACKETS = 100;
    private static final int MESSAGE_BYTES = 208;

    @Param
    public ProtocolTag tag;

    private final RandomSource noise = new ExpandedRandom(RandomSource.secure());
    private final ByteBuffer message = ByteBuffer.allocate(MESSAGE_BYTES);
    private final ByteBuffer wire = ByteBuffer.allocateDirect(PACKETS * (MESSAGE_BYTES + PacketWriter.MAX_OVERHEAD));
    private PacketReader reader;
    private PacketWriter writer;

    /** For JMH. */
    public PacketBenchmark() {}

    @Setup
    public void prepare() {
        reader = new PacketReader(tag, 1 << 20);
        writer = new PacketWriter(tag, noise);
        for (int packet = 0; packet < PACKETS; packet++) {
            writer.begin(MESSAGE_BYTES);
            wire.put(writer.head()).put(message.rewind()).put(writer.tail());
        }
        wire.flip();
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public int read() {
        wire.rewind();
        int complete = 0;
        for (int count = reader.next(wire); count > 0; count = reader.next(wire)) {
            wire.position(wire.position() + count);
            complete += reader.isComplete() ? 1 : 0;
        }
        if (complete != PACKETS) {
            throw new IllegalStateException("found " + complete + " messages");
        }
        return complete;
    }

    /** What goes around the message: the message itself is for ciphers to copy. */
    @Benchmark
    public int write() {
        int packetBytes = writer.begin(MESSAGE_BYTES);
        return packetBytes + writer.head().remaining() + writer.tail().remaining();
    }
}
