package io.github.mtgjava.internal.session;

/** What a loop counts. */
public enum Counter {
    /** Connections accepted so far. */
    ACCEPTED,
    /** Connections open now. */
    OPEN,
    /** Sessions in their handshake now. */
    HANDSHAKES,
    /** Sessions that are shown the cloaked site now. */
    CLOAKED,
    /** Bytes read from clients so far. */
    FROM_CLIENTS,
    /** Bytes written towards clients so far. */
    TO_CLIENTS
}
