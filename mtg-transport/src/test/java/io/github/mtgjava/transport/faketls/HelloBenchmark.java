package io.github.mtgjava.transport.faketls;

import com.google.gson.JsonObject;
import io.github.mtgjava.crypto.ExpandedRandom;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.crypto.X25519;
import io.github.mtgjava.testkit.Vectors;
import java.nio.ByteBuffer;
import java.util.Random;
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

/**
 * A FakeTLS handshake: reading a ClientHello, seeing whether the client has the secret, answering. The key share was made
 * ahead, as sessions have it; {@code KeyShareBenchmark} says what it costs.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class HelloBenchmark {

    private static final JsonObject CLASSIC = Vectors.client("faketls_client_hello", "classic 517 bytes");
    private static final byte[] KEY = Vectors.bytes(CLASSIC, "secret16");
    private static final int ENCRYPTED_BYTES = 3600;

    /** Older clients send 517 bytes, today's about 1,800. */
    @Param({"classic", "modern"})
    public String client;

    private final RandomSource noise = new ExpandedRandom(RandomSource.secure());
    private final byte[] keyShare = X25519.randomPublicKey(noise);
    private ByteBuffer wire;
    private ClientHello hello;

    /** For JMH. */
    public HelloBenchmark() {}

    @Setup
    public void prepare() {
        // Hellos of today differ in length: it is to be the same one each time.
        RandomSource scripted = new Random(1)::nextBytes;
        wire = ByteBuffer.wrap(
                client.equals("classic")
                        ? Vectors.bytes(CLASSIC, "wire")
                        : ClientHelloWriter.authenticated("www.example.com", KEY, 1_800_000_000, scripted));
        hello = read();
    }

    @Benchmark
    public ClientHello read() {
        ClientHelloReader reader = new ClientHelloReader();
        reader.read(wire.clear());
        return reader.hello();
    }

    @Benchmark
    public long authenticate() {
        return hello.authenticate(KEY).orElseThrow();
    }

    @Benchmark
    public byte[] answer() {
        return ServerHelloFlight.write(
                hello,
                KEY,
                new ServerHelloFlight.Parameters(
                        hello.preferredTls13Suite().orElseThrow(),
                        hello.sharesKey(KeyShareGroup.X25519) ? KeyShareGroup.X25519 : KeyShareGroup.X25519_MLKEM768,
                        keyShare,
                        ExtensionOrder.KEY_SHARE_FIRST,
                        noise.bytes(ENCRYPTED_BYTES)));
    }
}
