package io.github.mtgjava.transport.middleproxy;

import io.github.mtgjava.crypto.AesCbc;
import io.github.mtgjava.crypto.RandomSource;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Telegram's answers on a link: decryption and checksum. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class FrameReaderBenchmark {

    private static final int FRAMES = 64;
    private static final int ANSWER_HEADER_BYTES = 16;

    @Param({"208", "16384"})
    public int bytes;

    private final FrameWriter writer = new FrameWriter();
    private final FrameReader reader = new FrameReader();
    private ByteBuffer payload;
    private ByteBuffer wire;

    /** For JMH. */
    public FrameReaderBenchmark() {}

    @Setup
    public void prepare() {
        RandomSource random = RandomSource.secure();
        byte[] key = random.bytes(AesCbc.KEY_BYTES);
        byte[] iv = random.bytes(AesCbc.IV_BYTES);
        writer.encryptWith(AesCbc.encrypting(key, iv));
        reader.decryptWith(AesCbc.decrypting(key, iv));
        payload = ByteBuffer.allocateDirect(ANSWER_HEADER_BYTES + bytes);
        wire = ByteBuffer.allocateDirect(FRAMES * FrameWriter.frameBytes(payload.capacity()));
    }

    /** No frame can be read twice: each has its number and is chained to the one before. Not measured. */
    @Setup(Level.Invocation)
    public void writeFrames() {
        wire.clear();
        for (int frame = 0; frame < FRAMES; frame++) {
            payload.clear();
            writer.begin(payload.remaining());
            writer.put(payload, wire);
            writer.finish(wire);
        }
        wire.flip();
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public int read() {
        int frames = 0;
        while (reader.read(wire) == FrameReader.Status.FRAME) {
            frames++;
        }
        if (frames != FRAMES) {
            throw new IllegalStateException("read " + frames + " frames");
        }
        return frames;
    }
}
