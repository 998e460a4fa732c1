package io.github.mtgjava.internal.probe;

import io.github.mtgjava.Secret;
import io.github.mtgjava.SecretType;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.probe.ProbeException;
import io.github.mtgjava.transport.faketls.ClientHelloWriter;
import io.github.mtgjava.transport.faketls.RecordReader;
import io.github.mtgjava.transport.obfuscated2.ClientFrameWriter;
import io.github.mtgjava.transport.obfuscated2.DcId;
import io.github.mtgjava.transport.obfuscated2.ProtocolTag;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** What {@link io.github.mtgjava.probe.ProxyProbe} does, with a clock and randomness that may be given. */
public final class ProxyRoundTrip {

    private static final String ANSWER = "Telegram's answer";

    private ProxyRoundTrip() {}

    /**
     * Asks and waits for the answer.
     *
     * @param clock what a FakeTLS hello says the time is
     * @param random for hello, keys, nonce and padding
     */
    public static Duration measure(
            InetSocketAddress proxy, Secret secret, int dc, Duration limit, InstantSource clock, RandomSource random)
            throws ProbeException {
        DcId id = new DcId(dc);
        byte[] key = secret.key();
        ProtocolTag tag =
                secret.type() == SecretType.SIMPLE ? ProtocolTag.INTERMEDIATE : ProtocolTag.PADDED_INTERMEDIATE;
        ClientFrameWriter frame = ClientFrameWriter.create(key, tag, id, random);
        Inquiry inquiry = new Inquiry(tag, clock.instant(), random);
        byte[] stream = inquiry.behind(frame.wire(), frame.uplink());
        try (Line line = Line.connect("the proxy", proxy, limit)) {
            Optional<String> host = secret.host();
            if (host.isPresent()) {
                byte[] hello = ClientHelloWriter.authenticated(
                        host.get(), key, clock.instant().getEpochSecond(), random);
                FakeTlsHandshake.perform(line, hello, key);
                line.waitFor(ANSWER, "it may not reach DC " + dc);
                line.write(FakeTlsHandshake.firstWrite(stream));
                inquiry.awaitAnswer(line, new RecordReader()::next, frame.downlink());
            } else {
                line.waitFor(ANSWER, "it may not know this secret, or not reach DC " + dc);
                line.write(stream);
                inquiry.awaitAnswer(line, ByteBuffer::remaining, frame.downlink());
            }
            return line.elapsed();
        }
    }
}
