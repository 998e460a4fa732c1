package io.github.mtgjava.internal.probe;

import io.github.mtgjava.crypto.AesCtr;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.probe.ProbeException;
import io.github.mtgjava.transport.obfuscated2.ProtocolTag;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.ToIntFunction;

/** One question to a DC and its answer, inside an obfuscated2 stream. */
final class Inquiry {

    private final byte[] nonce;
    private final byte[] packet;

    Inquiry(ProtocolTag tag, Instant now, RandomSource random) {
        nonce = random.bytes(ReqPq.NONCE_BYTES);
        packet = ReqPq.packet(tag, nonce, now, random);
    }

    /** The beginning of the stream: the frame, and behind it the question, encrypted. */
    byte[] behind(byte[] frame, AesCtr uplink) {
        byte[] stream = Arrays.copyOf(frame, frame.length + packet.length);
        uplink.transform(packet, 0, packet.length, stream, frame.length);
        return stream;
    }

    /**
     * Waits for the answer.
     *
     * @param payload says how many bytes of the stream stand at the position of what has been read; 0 if none, negative if
     *     it makes no sense
     */
    void awaitAnswer(Line line, ToIntFunction<ByteBuffer> payload, AesCtr downlink) throws ProbeException {
        ResPqReader answer = new ResPqReader(nonce);
        while (true) {
            ByteBuffer in = line.read();
            for (int length = payload.applyAsInt(in); length != 0; length = payload.applyAsInt(in)) {
                if (length < 0) {
                    throw line.badAnswer("sent something else than records of application data");
                }
                switch (answer.read(ByteBuffer.wrap(decrypted(in, length, downlink)))) {
                    case NEED_INPUT -> {
                        // Once more.
                    }
                    case ACCEPTED -> {
                        return;
                    }
                    case REJECTED -> throw line.badAnswer(answer.reason());
                }
            }
        }
    }

    private static byte[] decrypted(ByteBuffer in, int length, AesCtr downlink) {
        byte[] encrypted = new byte[length];
        in.get(encrypted);
        byte[] plain = new byte[length];
        downlink.transform(encrypted, 0, length, plain, 0);
        return plain;
    }
}
