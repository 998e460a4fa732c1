package io.github.mtgjava.probe;

import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.transport.obfuscated2.DcId;
import io.github.mtgjava.transport.obfuscated2.ProtocolTag;
import io.github.mtgjava.transport.obfuscated2.TelegramFrame;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;

/** Asks a Telegram DC the first question of every key exchange, through obfuscated2 as a proxy in direct mode would. */
public final class TelegramProbe {

    private static final ProtocolTag TAG = ProtocolTag.PADDED_INTERMEDIATE;

    private TelegramProbe() {}

    /**
     * Asks and waits for the answer.
     *
     * @param address where the DC is, resolved
     * @param dc its id as clients send it, negative for media
     * @param limit for everything together, connecting included
     * @param random for keys, nonce and padding
     * @return the time from connecting to the verified answer
     * @throws ProbeException if no good answer came in time
     * @throws IllegalArgumentException if the id does not fit 16 bits, the address is unresolved or the limit not positive
     */
    public static Duration roundTrip(InetSocketAddress address, int dc, Duration limit, RandomSource random)
            throws ProbeException {
        DcId id = new DcId(dc);
        try (Line line = Line.connect("the DC", address, limit)) {
            TelegramFrame frame = TelegramFrame.create(TAG, id, random);
            Inquiry inquiry = new Inquiry(TAG, Instant.now(), random);
            line.waitFor("an answer", "");
            line.write(inquiry.behind(frame.wire(), frame.uplink()));
            inquiry.awaitAnswer(line, ByteBuffer::remaining, frame.downlink());
            return line.elapsed();
        }
    }
}
