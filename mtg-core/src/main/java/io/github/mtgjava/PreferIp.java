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
    ONLY_IPV6;

    /** Whether addresses of that family are used at all. */
    public boolean allows(IpFamily family) {
        return this != (family == IpFamily.IPV4 ? ONLY_IPV6 : ONLY_IPV4);
    }
}
