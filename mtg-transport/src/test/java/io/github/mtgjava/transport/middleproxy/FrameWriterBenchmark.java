package io.github.mtgjava.transport.middleproxy;

import io.github.mtgjava.crypto.AesCbc;
import io.github.mtgjava.crypto.RandomSource;
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

/** A client's message on its way to a middle proxy: a header, the message, checksum and encryption. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class FrameWriterBenchmark {

    @Param({"208", "16384"})
    public int bytes;

    private final ByteBuffer header = ByteBuffer.allocate(ProxyRequest.HEADER_BYTES);
    private final FrameWriter writer = new FrameWriter();
    private ByteBuffer message;
    private ByteBuffer out;

    /** For JMH. */
    public FrameWriterBenchmark() {}

    @Setup
    public void prepare() {
        RandomSource random = RandomSource.secure();
        writer.encryptWith(AesCbc.encrypting(random.bytes(AesCbc.KEY_BYTES), random.bytes(AesCbc.IV_BYTES)));
        message = ByteBuffer.allocateDirect(bytes);
        out = ByteBuffer.allocateDirect(FrameWriter.frameBytes(header.capacity() + bytes));
    }

    @Benchmark
    public ByteBuffer write() {
        header.clear();
        message.clear();
        out.clear();
        writer.begin(header.remaining() + message.remaining());
        if (!writer.put(header, out) || !writer.put(message, out) || !writer.finish(out)) {
            throw new IllegalStateException("there is room for one frame");
        }
        return out;
    }
}
