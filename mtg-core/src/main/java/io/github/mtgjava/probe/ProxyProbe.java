package io.github.mtgjava.probe;

import io.github.mtgjava.Secret;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.internal.probe.ProxyRoundTrip;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Acts as a client of a running MTProto proxy, whoever wrote it, in the way its kind of secret demands, and asks the DC
 * behind it the first question of every key exchange.
 */
public final class ProxyProbe {

    private ProxyProbe() {}

    /**
     * Asks and waits for the answer.
     *
     * @param proxy where the proxy is, resolved
     * @param secret what a client would be given
     * @param dc the id of the DC to ask for, as clients send it, negative for media
     * @param limit for everything together, connecting included
     * @return the time from connecting to the verified answer
     * @throws ProbeException if no good answer came in time; {@link ProbeException.Fault#BAD_ANSWER} for a proxy that answers
     *     a FakeTLS hello as the web server it cloaks itself as, which it also does if this machine's clock is wrong
     * @throws IllegalArgumentException if the id does not fit 16 bits, the address is unresolved or the limit not positive
     */
    public static Duration roundTrip(InetSocketAddress proxy, Secret secret, int dc, Duration limit)
            throws ProbeException {
        return ProxyRoundTrip.measure(proxy, secret, dc, limit, InstantSource.system(), RandomSource.secure());
    }
}
