package io.github.mtgjava.internal.probe;

import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.probe.ProbeException;
import io.github.mtgjava.transport.obfuscated2.DcId;
import io.github.mtgjava.transport.obfuscated2.ProtocolTag;
import io.github.mtgjava.transport.obfuscated2.TelegramFrame;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;

/** What {@link io.github.mtgjava.probe.TelegramProbe} does, with randomness that may be given. */
public final class TelegramRoundTrip {

    private static final ProtocolTag TAG = ProtocolTag.PADDED_INTERMEDIATE;

    private TelegramRoundTrip() {}

    /** Asks and waits for the answer. */
    public static Duration measure(InetSocketAddress address, int dc, Duration limit, RandomSource random)
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
