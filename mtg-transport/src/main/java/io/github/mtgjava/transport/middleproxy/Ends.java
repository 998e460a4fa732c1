package io.github.mtgjava.transport.middleproxy;

/**
 * Both ends of a link, as Telegram sees them: behind NAT that is not what our socket says.
 *
 * @param ours our address as the world sees it, and the socket's own port
 * @param theirs what we connected to
 */
public record Ends(Endpoint ours, Endpoint theirs) {

    /**
     * Checks that a packet could pass from one to the other.
     *
     * @throws IllegalArgumentException if one is IPv4 and the other IPv6
     */
    public Ends {
        if (ours.isIpv4() != theirs.isIpv4()) {
            throw new IllegalArgumentException("a link has IPv4 or IPv6 at both ends");
        }
    }
}
