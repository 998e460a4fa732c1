package io.github.mtgjava.transport.socks5;

/** Why a SOCKS5 server did not connect us. */
public enum Socks5Fault {
    /** What answers speaks another protocol, or breaks this one. */
    NOT_SOCKS5,
    /** It wants a way to log in that we do not offer: often user and password that it was not given. */
    NO_ACCEPTABLE_METHOD,
    /** It does not take our user and password. */
    LOGIN_REFUSED,
    /** Reply 1: it failed, and does not say how. */
    GENERAL_FAILURE,
    /** Reply 2: its rules forbid this connection. */
    NOT_ALLOWED,
    /** Reply 3. */
    NETWORK_UNREACHABLE,
    /** Reply 4. */
    HOST_UNREACHABLE,
    /** Reply 5: the target refused the connection. */
    CONNECTION_REFUSED,
    /** Reply 6. */
    TTL_EXPIRED,
    /** Reply 7: it does not connect for anybody. */
    COMMAND_NOT_SUPPORTED,
    /** Reply 8: it does not know such addresses, often IPv6. */
    ADDRESS_TYPE_NOT_SUPPORTED,
    /** A reply that the RFC does not know. */
    UNKNOWN_REPLY;

    /** What a reply other than 0 means. */
    static Socks5Fault ofReply(int code) {
        return switch (code) {
            case 1 -> GENERAL_FAILURE;
            case 2 -> NOT_ALLOWED;
            case 3 -> NETWORK_UNREACHABLE;
            case 4 -> HOST_UNREACHABLE;
            case 5 -> CONNECTION_REFUSED;
            case 6 -> TTL_EXPIRED;
            case 7 -> COMMAND_NOT_SUPPORTED;
            case 8 -> ADDRESS_TYPE_NOT_SUPPORTED;
            default -> UNKNOWN_REPLY;
        };
    }
}
