package io.github.mtgjava.transport.obfuscated2;

import io.github.mtgjava.crypto.AesCtr;
import io.github.mtgjava.crypto.RandomSource;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** An obfuscated2 handshake: opening a client's frame with both of its keystreams, and drawing the one for Telegram. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class ClientFrameBenchmark {

    private static final byte[] KEY = new byte[ClientFrameDecoder.KEY_BYTES];
    private static final DcId DC = new DcId(2);

    private final RandomSource random = RandomSource.secure();
    private final ByteBuffer wire =
            ByteBuffer.wrap(ClientFrameWriter.create(KEY, ProtocolTag.PADDED_INTERMEDIATE, DC, random)
                    .wire());
    private ClientFrame client;

    /** For JMH. */
    public ClientFrameBenchmark() {}

    @Setup
    public void prepare() {
        client = decode();
    }

    @Benchmark
    public ClientFrame decode() {
        ClientFrameDecoder decoder = new ClientFrameDecoder(KEY);
        decoder.decode(wire.clear());
        return decoder.frame();
    }

    /** As for a client of which nothing passes through. */
    @Benchmark
    public AesCtr downlink() {
        return client.downlink();
    }

    @Benchmark
    public TelegramFrame towardsTelegram() {
        return TelegramFrame.passThrough(client, random);
    }
}
