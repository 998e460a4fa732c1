package io.github.mtgjava.probe;

import io.github.mtgjava.Secret;
import io.github.mtgjava.SecretType;
import io.github.mtgjava.crypto.RandomSource;
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

/**
 * Acts as a client of a running MTProto proxy, whoever wrote it, in the way its kind of secret demands, and asks the DC
 * behind it the first question of every key exchange.
 */
public final class ProxyProbe {

    private static final String ANSWER = "Telegram's answer";

    private ProxyProbe() {}

    /**
     * Asks and waits for the answer.
     *
     * @param proxy where the proxy is, resolved
     * @param secret what a client would be given
     * @param dc the id of the DC to ask for, as clients send it, negative for media
     * @param limit for everything together, connecting included
     * @param clock what a FakeTLS hello says the time is
     * @param random for hello, keys, nonce and padding
     * @return the time from connecting to the verified answer
     * @throws ProbeException if no good answer came in time; {@link ProbeException.Fault#BAD_ANSWER} for a proxy that answers
     *     a FakeTLS hello as the web server it cloaks itself as
     * @throws IllegalArgumentException if the id does not fit 16 bits, the address is unresolved or the limit not positive
     */
    public static Duration roundTrip(
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
