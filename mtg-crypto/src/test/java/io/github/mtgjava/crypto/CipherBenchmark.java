package io.github.mtgjava.crypto;

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

/** A piece of a stream, from one array into another: a small message, or the 8 KiB that loops cut the rest into. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class CipherBenchmark {

    @Param({"208", "8192"})
    public int bytes;

    private byte[] in;
    private byte[] out;
    private AesCtr ctr;
    private AesCbc encryption;
    private AesCbc decryption;

    /** For JMH. */
    public CipherBenchmark() {}

    @Setup
    public void prepare() {
        RandomSource random = RandomSource.secure();
        in = random.bytes(bytes);
        out = new byte[bytes];
        ctr = new AesCtr(random.bytes(AesCtr.KEY_BYTES), random.bytes(AesCtr.IV_BYTES));
        encryption = AesCbc.encrypting(random.bytes(AesCbc.KEY_BYTES), random.bytes(AesCbc.IV_BYTES));
        decryption = AesCbc.decrypting(random.bytes(AesCbc.KEY_BYTES), random.bytes(AesCbc.IV_BYTES));
    }

    @Benchmark
    public byte[] ctr() {
        ctr.transform(in, 0, bytes, out, 0);
        return out;
    }

    @Benchmark
    public byte[] cbcEncrypt() {
        encryption.transform(in, 0, bytes, out, 0);
        return out;
    }

    @Benchmark
    public byte[] cbcDecrypt() {
        decryption.transform(in, 0, bytes, out, 0);
        return out;
    }
}
