package io.github.mtgjava.internal.session;

import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.internal.ProxyConfig;
import io.github.mtgjava.transport.faketls.ClientHello;
import io.github.mtgjava.transport.faketls.ClientHelloReader;
import io.github.mtgjava.transport.faketls.KeyShareGroup;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The ClientHello of a client with a TLS secret. Everything that is wrong with it ends at the cloaked site. */
final class HelloHandshake extends Handshake {

    private static final byte HANDSHAKE_RECORD = 0x16;

    private final ClientHelloReader reader = new ClientHelloReader();
    private final Prelude prelude = Prelude.empty();

    HelloHandshake(Session session) {
        super(session);
    }

    @Override
    void onBytes(ByteBuffer in) {
        prelude.append(in);
        ByteBuffer sent = prelude.view();
        switch (reader.read(sent)) {
            case NEED_INPUT -> keep(prelude);
            case REJECTED ->
                refuse(prelude.byteAt(0) == HANDSHAKE_RECORD ? RefusalReason.MALFORMED_HELLO : RefusalReason.NOT_TLS);
            case COMPLETE -> onHello(reader.hello(), rest(sent));
        }
    }

    private void onHello(ClientHello hello, byte[] surplus) {
        // The digest goes first: nothing else counts without.
        SignedHello signed = SignedHello.of(hello, session.context().validKeys());
        if (signed == null) {
            refuse(RefusalReason.BAD_DIGEST);
            return;
        }
        RefusalReason flaw = check(signed);
        if (flaw != null) {
            refuse(flaw);
            return;
        }
        session.client().pauseReading();
        ReplayClaim.start(this, ReplayClaim.FAKE_TLS, hello.replayKey(), () -> answer(signed, surplus));
    }

    private void answer(SignedHello signed, byte[] surplus) {
        LoopContext context = session.context();
        byte[] flight = context.flights().flight(signed.hello(), signed.key(), context.noise());
        session.client().write(ByteBuffer.wrap(flight));
        session.countToClient(flight.length);
        TlsFrameHandshake next = new TlsFrameHandshake(session, signed.key());
        session.become(next);
        session.client().resumeReading();
        if (surplus.length > 0) {
            next.onBytes(ByteBuffer.wrap(surplus));
        }
    }

    /** What is wrong with a hello that somebody made who knows a secret; null if nothing is. */
    private @Nullable RefusalReason check(SignedHello signed) {
        ProxyConfig config = session.context().config();
        long skew = Math.abs(config.clock().instant().getEpochSecond() - signed.timestamp());
        if (skew > config.timeSkew().toSeconds()) {
            return RefusalReason.CLOCK_SKEW;
        }
        ClientHello hello = signed.hello();
        String host = session.context().keyring().host().orElseThrow();
        if (!hello.serverName().map(host::equalsIgnoreCase).orElse(false)) {
            return RefusalReason.WRONG_SNI;
        }
        boolean answerable = hello.preferredTls13Suite().isPresent()
                && (hello.sharesKey(KeyShareGroup.X25519) || hello.sharesKey(KeyShareGroup.X25519_MLKEM768));
        return answerable ? null : RefusalReason.UNSUPPORTED_HELLO;
    }

    @Override
    void refuse(RefusalReason reason, boolean ended) {
        session.refuse(reason, prelude, ended);
    }
}
