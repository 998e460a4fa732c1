package io.github.mtgjava.internal.session;

import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.transport.proxyprotocol.ProxyHeaderDecoder;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * The header of the PROXY protocol with which a load balancer that is trusted says whom it speaks for. It is part of the
 * handshake: the same deadline governs both. What comes instead of a header, or ends within one, is treated as a stranger's
 * bytes; of a header that is one nobody sees anything.
 */
final class ProxyHeading extends Handshake {

    private final ProxyHeaderDecoder decoder = new ProxyHeaderDecoder();
    private final Prelude prelude = Prelude.empty();

    ProxyHeading(Session session) {
        super(session);
    }

    @Override
    void onBytes(ByteBuffer in) {
        prelude.append(in);
        switch (decoder.decode(in)) {
            case NEED_INPUT -> {}
            case REJECTED -> refuse(RefusalReason.BAD_PROXY_HEADER);
            case COMPLETE -> onHeader(in);
        }
    }

    private void onHeader(ByteBuffer in) {
        decoder.connection().ifPresent(told -> {
            InetSocketAddress source = Ends.address(told.source());
            InetSocketAddress destination = Ends.address(told.destination());
            if (isPossible(source) && isPossible(destination)) {
                session.believe(source, destination);
            }
        });
        session.beginHandshake(in);
    }

    /** Some fill in zeros when they know nothing better, and nobody else shall have to cope with those. */
    private static boolean isPossible(InetSocketAddress end) {
        return end.getPort() != 0 && !end.getAddress().isAnyLocalAddress();
    }

    @Override
    void refuse(RefusalReason reason, boolean ended) {
        session.refuse(reason, prelude, ended);
    }
}
