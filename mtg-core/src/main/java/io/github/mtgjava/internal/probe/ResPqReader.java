package io.github.mtgjava.internal.probe;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads the answer to {@link ReqPq} from the decrypted stream, however it is chopped: a packet that holds a {@code resPQ}
 * with our nonce, which only somebody who has read the question can know. Belongs to one thread; never throws on hostile
 * input; reads no more than {@value #MAX_PACKET_BYTES} bytes.
 */
final class ResPqReader {

    /** Much more than any resPQ has. */
    static final int MAX_PACKET_BYTES = 1024;

    private static final int RES_PQ = 0x05162463;

    /** Below this many bytes a packet is no message but a control code. */
    private static final int MIN_MESSAGE_BYTES = 16;

    /** The constructor and two nonces; the rest of a resPQ is not needed here. */
    private static final int MIN_BODY_BYTES = 4 + 2 * ReqPq.NONCE_BYTES;

    /** What a call to {@link #read} came to. */
    enum Status {
        /** The packet is not complete; all input has been consumed. */
        NEED_INPUT,
        /** The DC has answered. Final. */
        ACCEPTED,
        /** Something else came; {@link #reason} says what. Final. */
        REJECTED
    }

    private final byte[] nonce;
    private ByteBuffer packet = allocate(Integer.BYTES);
    private boolean lengthKnown;
    private Status status = Status.NEED_INPUT;
    private String reason = "";

    ResPqReader(byte[] nonce) {
        this.nonce = nonce.clone();
    }

    /** Consumes at most what is missing of the packet. */
    Status read(ByteBuffer plain) {
        while (status == Status.NEED_INPUT && plain.hasRemaining()) {
            int length = Math.min(plain.remaining(), packet.remaining());
            packet.put(plain.slice(plain.position(), length));
            plain.position(plain.position() + length);
            if (!packet.hasRemaining()) {
                judge();
            }
        }
        return status;
    }

    /** Why the answer was rejected, as the predicate of a sentence. */
    String reason() {
        return reason;
    }

    private void judge() {
        if (lengthKnown) {
            status = isResPq() ? Status.ACCEPTED : Status.REJECTED;
            return;
        }
        int length = packet.getInt(0);
        if (length < Integer.BYTES || length > MAX_PACKET_BYTES) {
            reason = "answered with something that is no MTProto packet under this key";
            status = Status.REJECTED;
            return;
        }
        lengthKnown = true;
        packet = allocate(length);
    }

    private boolean isResPq() {
        if (packet.capacity() < MIN_MESSAGE_BYTES) {
            reason = "passed on Telegram's error " + packet.getInt(0);
            return false;
        }
        reason = "answered with an MTProto packet that is not the resPQ asked for";
        int header = ReqPq.MESSAGE_HEADER_BYTES;
        if (packet.capacity() < header + MIN_BODY_BYTES || packet.getLong(0) != 0) {
            return false;
        }
        int body = packet.getInt(header - Integer.BYTES);
        byte[] echoed = new byte[ReqPq.NONCE_BYTES];
        packet.get(header + Integer.BYTES, echoed);
        return body >= MIN_BODY_BYTES
                && body <= packet.capacity() - header
                && packet.getInt(header) == RES_PQ
                && Arrays.equals(echoed, nonce);
    }

    private static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
