package io.github.mtgjava.probe;

import io.github.mtgjava.Secret;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.transport.obfuscated2.DcId;
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
     * @param clock what a FakeTLS hello says the time is
     * @return the time from connecting to the verified answer
     * @throws ProbeException if no good answer came in time
     * @throws IllegalArgumentException if the id does not fit 16 bits, the address is unresolved or the limit not positive
     */
    public static Duration roundTrip(
            InetSocketAddress proxy, Secret secret, int dc, Duration limit, InstantSource clock, RandomSource random)
            throws ProbeException {
        String asked = "" + proxy + secret + new DcId(dc) + limit + clock.instant() + random;
        throw new ProbeException(ProbeException.Fault.CANNOT_CONNECT, "not there yet: " + asked.length());
    }
}
