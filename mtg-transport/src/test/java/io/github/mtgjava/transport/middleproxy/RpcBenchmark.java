package io.github.mtgjava.transport.middleproxy;

import io.github.mtgjava.transport.obfuscated2.ProtocolTag;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What stands around a message on a link to a middle proxy. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class RpcBenchmark {

    private static final int MESSAGE_BYTES = 208;

    private final ProxyRequest request = new ProxyRequest(
            ProtocolTag.PADDED_INTERMEDIATE,
            new byte[4],
            50_000,
            new byte[4],
            443,
            new byte[ProxyRequest.AD_TAG_BYTES]);
    private final ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE_BYTES).putLong(0, 1);
    private final RpcReader reader = new RpcReader();
    private final ByteBuffer answer = ByteBuffer.allocate(16 + MESSAGE_BYTES)
            .put(HexFormat.of().parseHex("0dda0344"))
            .clear();
    private long connectionId;

    /** For JMH. */
    public RpcBenchmark() {}

    @Benchmark
    public ByteBuffer request() {
        return request.header(connectionId++, false, ProxyRequest.isUnencrypted(message));
    }

    @Benchmark
    public long answer() {
        if (reader.read(answer.clear()) != RpcReader.Kind.ANSWER) {
            throw new IllegalStateException("not an answer");
        }
        return reader.id();
    }
}
