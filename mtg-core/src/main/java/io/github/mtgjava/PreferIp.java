package io.github.mtgjava;

/** Which of Telegram's addresses to use, and which to try first. */
public enum PreferIp {
    /** IPv4 first, IPv6 if that does not answer. */
    PREFER_IPV4,
    /** IPv6 first, IPv4 if that does not answer. */
    PREFER_IPV6,
    /** IPv4 only. */
    ONLY_IPV4,
    /** IPv6 only. */
    ONLY_IPV6
}
