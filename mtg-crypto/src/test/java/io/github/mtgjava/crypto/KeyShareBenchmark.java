package io.github.mtgjava.crypto;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What makes the answer to a FakeTLS client look like a web server's: a key, and as much noise as a flight holds. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class KeyShareBenchmark {

    private static final int NOISE_BYTES = 3600;

    private final RandomSource secure = RandomSource.secure();
    private final RandomSource expanded = new ExpandedRandom(secure);
    private final X25519KeyStream stream = new X25519KeyStream(expanded);
    private final byte[] mlKemKey = MlKem768.randomPublicKey(expanded);

    /** For JMH. */
    public KeyShareBenchmark() {}

    @Benchmark
    public byte[] x25519Key() {
        return X25519.randomPublicKey(secure);
    }

    @Benchmark
    @OperationsPerInvocation(X25519KeyStream.BATCH)
    public List<byte[]> x25519KeyOfMany() {
        return stream.next();
    }

    /** Genuine from JDK 24 on. */
    @Benchmark
    public byte[] mlKemCiphertext() {
        return MlKem768.ciphertext(mlKemKey, expanded);
    }

    @Benchmark
    public byte[] mlKemCiphertextForNobody() {
        return MlKem768.randomCiphertext(expanded);
    }

    @Benchmark
    public byte[] expandedNoise() {
        return expanded.bytes(NOISE_BYTES);
    }

    @Benchmark
    public byte[] secureNoise() {
        return secure.bytes(NOISE_BYTES);
    }
}
