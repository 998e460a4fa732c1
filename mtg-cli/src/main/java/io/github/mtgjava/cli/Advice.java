package io.github.mtgjava.cli;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.LinkFailureReason;
import io.github.mtgjava.RefusalReason;
import org.jspecify.annotations.Nullable;

/** What an operator has to know and do about things that happen to connections; null about all that needs nothing. */
enum Advice {
    CLOCK_SKEW(
            "clients know the secret but are refused, as their clock and ours differ: check ours (mtg-cli doctor, NTP); if"
                    + " theirs are wrong, allow more with --time-skew"),
    WRONG_SNI("clients know the secret but ask for another host than it names: give them the links of this secret"),
    UNSUPPORTED_HELLO("clients know the secret but offer nothing that TLS 1.3 could answer: they need an update"),
    FORBIDDEN_TRANSPORT(
            "clients know the key but use it as another kind of secret: give them the links that 'mtg-cli access' prints"),
    REPLAY("recorded handshakes are played again and refused: somebody probes this proxy, or a network duplicates"
            + " packets; nothing to do"),
    REPLAY_CACHE_FAILED("clients are refused because the replay cache fails: see the errors above"),
    CONNECTION_LIMIT(
            "connections are refused, as there are as many as are allowed: raise the limit of open files (ulimit -n,"
                    + " LimitNOFILE) and --max-connections, or expect fewer users"),
    ADDRESS_LIMIT(
            "connections are refused, as their addresses have as many as one may have: somebody floods the proxy, or many users"
                    + " share an address, as in mobile networks; then raise --max-connections-per-ip"),
    HANDSHAKE_LIMIT(
            "connections are refused, as there are as many handshakes in progress as are allowed: somebody floods the proxy, or"
                    + " --max-handshakes is too low for your users"),
    HANDSHAKE_RATE("connections are refused, as more come in a second than are allowed: somebody floods the proxy, or"
            + " --handshake-rate is too low for your users"),
    MEMORY_SHORT(
            "connections are refused, as memory for slow clients is nearly used up: allow more with --buffer-memory, and the"
                    + " JVM with MTG_JAVA_OPTS=-XX:MaxDirectMemorySize=…, or hold less with --read-buffer"),
    BAD_PROXY_HEADER(
            "connections from --trusted-proxies are refused, as they do not begin with a header of the PROXY protocol: turn it"
                    + " on there (haproxy: send-proxy-v2, nginx: proxy_protocol on), or trust fewer addresses"),
    TELEGRAM_UNREACHABLE(
            "clients were closed because no address of their data centre answers: check the way to Telegram (mtg-cli"
                    + " doctor), --prefer-ip, --dc"),
    UNKNOWN_DC("clients were closed because they ask for a data centre without an address: give it one with --dc"),
    LINKS_REFUSED(
            "middle proxies do not take us, so clients with the ad tag are turned away: check that -4 or -6 is the address"
                    + " that the world sees, that no NAT rewrites ports, and the clock (mtg-cli doctor)"),
    LINKS_CLOCK("middle proxies do not take us, as our clock is more than 30 seconds off: turn on NTP"),
    LINKS_SECRET(
            "middle proxies know another secret than we: check the way to core.telegram.org, or --proxy-secret-url"),
    LINKS_SOCKS5(
            "a SOCKS5 server does not tell at which address and port Telegram sees us, without which nobody with the ad tag gets"
                    + " there: give the address with -4 or -6; if it does not even tell the port, take another server"),
    LINKS_UNREACHABLE("middle proxies do not answer: check the way to Telegram (mtg-cli doctor) and --prefer-ip"),
    BUFFERS_FULL(
            "clients were closed because memory for slow ones is used up: allow more with --buffer-memory, and the JVM with"
                    + " MTG_JAVA_OPTS=-XX:MaxDirectMemorySize=…"),
    CLOAK_UNREACHABLE("strangers meet silence, as the cloaked site cannot be reached, which gives the proxy away: check"
            + " --cloak-address and --cloak-port (mtg-cli doctor)"),
    CRASH("faults of the proxy were contained: please report the error logged when the first of its kind happened");

    private final String text;

    Advice(String text) {
        this.text = text;
    }

    /** For the log. */
    String text() {
        return text;
    }

    static @Nullable Advice about(RefusalReason reason) {
        return switch (reason) {
            case CLOCK_SKEW -> CLOCK_SKEW;
            case WRONG_SNI -> WRONG_SNI;
            case UNSUPPORTED_HELLO -> UNSUPPORTED_HELLO;
            case FORBIDDEN_TRANSPORT -> FORBIDDEN_TRANSPORT;
            case REPLAY -> REPLAY;
            case REPLAY_CACHE_FAILED -> REPLAY_CACHE_FAILED;
            case CONNECTION_LIMIT -> CONNECTION_LIMIT;
            case ADDRESS_LIMIT -> ADDRESS_LIMIT;
            case HANDSHAKE_LIMIT -> HANDSHAKE_LIMIT;
            case HANDSHAKE_RATE -> HANDSHAKE_RATE;
            case MEMORY_SHORT -> MEMORY_SHORT;
            case BAD_PROXY_HEADER -> BAD_PROXY_HEADER;
            case NOT_TLS, MALFORMED_HELLO, BAD_DIGEST, BAD_FRAME, BAD_RECORD, TRUNCATED, HANDSHAKE_TIMEOUT, BLOCKED ->
                null;
        };
    }

    static Advice about(LinkFailureReason reason) {
        return switch (reason) {
            case NO_ADDRESS, UNREACHABLE, TIMEOUT -> LINKS_UNREACHABLE;
            case CLOSED, KEYS, REFUSED, WRONG_PEER, GARBAGE, NO_ENCRYPTION -> LINKS_REFUSED;
            case UNKNOWN_ADDRESS -> LINKS_SOCKS5;
            case CLOCK -> LINKS_CLOCK;
            case WRONG_SECRET -> LINKS_SECRET;
        };
    }

    static @Nullable Advice about(CloseReason reason) {
        return switch (reason) {
            case TELEGRAM_UNREACHABLE -> TELEGRAM_UNREACHABLE;
            case UNKNOWN_DC -> UNKNOWN_DC;
            case BUFFERS_FULL -> BUFFERS_FULL;
            case CLIENT_CLOSED,
                    CLIENT_RESET,
                    TELEGRAM_CLOSED,
                    TELEGRAM_RESET,
                    IDLE_TIMEOUT,
                    BAD_RECORD,
                    BAD_PACKET,
                    SLOW_READER,
                    REFUSED,
                    PROXY_STOPPED,
                    INTERNAL_ERROR -> null;
        };
    }
}
