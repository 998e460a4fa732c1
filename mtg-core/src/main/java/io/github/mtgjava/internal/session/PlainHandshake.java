package io.github.mtgjava.internal.session;

import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.SecretType;
import io.github.mtgjava.transport.obfuscated2.ClientFrame;
import io.github.mtgjava.transport.obfuscated2.ClientFrameDecoder;
import java.nio.ByteBuffer;

/** The obfuscated2 frame of a client with a simple or secured secret. */
final class PlainHandshake extends Handshake {

    private final ClientFrameDecoder decoder;
    private final Prelude prelude = Prelude.empty();

    PlainHandshake(Session session) {
        super(session);
        decoder = new ClientFrameDecoder(session.context()::validKeys);
    }

    @Override
    void onBytes(ByteBuffer in) {
        prelude.append(in);
        switch (decoder.decode(in)) {
            case NEED_INPUT -> {}
            case REJECTED -> refuse(RefusalReason.BAD_FRAME);
            case ACCEPTED -> onFrame(decoder.frame(), rest(in));
        }
    }

    private void onFrame(ClientFrame frame, byte[] carry) {
        SecretType type = session.context().keyring().type();
        if (!isAllowed(frame.tag(), type)) {
            refuse(RefusalReason.FORBIDDEN_TRANSPORT);
            return;
        }
        session.client().pauseReading();
        ReplayClaim.start(this, ReplayClaim.OBFUSCATED2, frame.replayKey(), () -> admit(frame, null, carry));
    }

    @Override
    void refuse(RefusalReason reason, boolean ended) {
        session.refuse(reason, prelude, ended);
    }
}
