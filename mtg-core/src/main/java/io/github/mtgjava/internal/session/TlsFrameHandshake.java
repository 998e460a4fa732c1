package io.github.mtgjava.internal.session;

import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.SecretType;
import io.github.mtgjava.transport.faketls.RecordReader;
import io.github.mtgjava.transport.obfuscated2.ClientFrame;
import io.github.mtgjava.transport.obfuscated2.ClientFrameDecoder;
import java.nio.ByteBuffer;

/**
 * The obfuscated2 frame inside the records of a FakeTLS client that was answered. What is wrong now can only be met with
 * silence. A replay cannot get here: its hello was caught.
 */
final class TlsFrameHandshake extends Handshake {

    private final RecordReader records = new RecordReader();
    private final ClientFrameDecoder decoder;
    private int missing = ClientFrameDecoder.FRAME_BYTES;

    /** With the key that made the hello: a client has one secret, and the frame is as good as the hello. */
    TlsFrameHandshake(Session session, byte[] key) {
        super(session);
        decoder = new ClientFrameDecoder(key);
    }

    @Override
    void onBytes(ByteBuffer in) {
        int end = in.limit();
        while (in.position() < end) {
            // Never show the record reader more than the frame lacks: what follows is the relay's to take apart.
            in.limit(Math.min(end, in.position() + missing));
            int payload = records.next(in);
            if (payload == RecordReader.REJECTED) {
                refuse(RefusalReason.BAD_RECORD);
                return;
            }
            in.limit(in.position() + payload);
            missing -= payload;
            ClientFrameDecoder.Status status = decoder.decode(in);
            in.limit(end);
            if (status == ClientFrameDecoder.Status.REJECTED) {
                refuse(RefusalReason.BAD_FRAME);
                return;
            }
            if (status == ClientFrameDecoder.Status.ACCEPTED) {
                onFrame(decoder.frame(), rest(in));
                return;
            }
        }
    }

    private void onFrame(ClientFrame frame, byte[] carry) {
        if (isAllowed(frame.tag(), SecretType.TLS)) {
            session.client().pauseReading();
            admit(frame, records, carry);
        } else {
            refuse(RefusalReason.FORBIDDEN_TRANSPORT);
        }
    }

    @Override
    void refuse(RefusalReason reason, boolean ended) {
        session.refuseAfterFlight(reason);
    }
}
