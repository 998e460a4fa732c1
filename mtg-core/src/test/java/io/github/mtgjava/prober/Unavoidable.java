package io.github.mtgjava.prober;

import java.util.Map;
import java.util.Optional;

/** The rows in which a proxy differs from its site, and why that cannot be helped. */
final class Unavoidable {

    /**
     * A TLS server says nothing before it has the whole hello, and so the proxy need not ask the site before: it waits for
     * the hello, or for the deadline. A site that answers to half a hello is no TLS server, and no site to hide behind.
     */
    private static final String HALF_A_HELLO_ANSWERED = "answers before the hello is whole, as no TLS server does";

    private static final Map<String, String> OF_AN_ECHO = Map.of(
            "part of a hello, then silence", HALF_A_HELLO_ANSWERED,
            "part of a hello, and the rest after the deadline", HALF_A_HELLO_ANSWERED,
            "a hello in two records, the second one late", HALF_A_HELLO_ANSWERED);

    /**
     * A server that closes with bytes unread resets, else it sends FIN, and resets when more bytes come. Which of the two it
     * is depends on how many bytes have come by then, that is on how the network has cut them; and a proxy cuts them anew.
     */
    private static final String UNREAD_BYTES = "RST or FIN, as the network cuts what the server leaves unread";

    private static final Map<String, String> OF_TLS = Map.of("much noise in a handshake record", UNREAD_BYTES);

    private Unavoidable() {}

    /** Why that row may differ; empty if it may not. */
    static Optional<String> reason(Site site, String row) {
        return Optional.ofNullable((site.speaksTls() ? OF_TLS : OF_AN_ECHO).get(row));
    }
}
