package io.github.mtgjava;

/** How long the TLS records are that FakeTLS clients are sent. None is ever longer than a full one of a TLS 1.3 server. */
public enum RecordSizing {
    /** As long as what there is to send allows: the cheapest, and what nginx and Apache do. */
    FULL,

    /**
     * The first one fits a TCP segment, each next one is longer by a segment until they are full, and after a second of
     * silence it begins anew: much as web servers do that care for the time to the first byte. No two kinds of server agree
     * on the numbers.
     */
    DYNAMIC
}
