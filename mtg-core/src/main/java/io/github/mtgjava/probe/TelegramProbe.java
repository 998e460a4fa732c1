package io.github.mtgjava.probe;

import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.internal.probe.TelegramRoundTrip;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Asks a Telegram DC the first question of every key exchange, through obfuscated2 as a proxy in direct mode would. */
public final class TelegramProbe {

    private TelegramProbe() {}

    /**
     * Asks and waits for the answer.
     *
     * @param address where the DC is, resolved
     * @param dc its id as clients send it, negative for media
     * @param limit for everything together, connecting included
     * @return the time from connecting to the verified answer
     * @throws ProbeException if no good answer came in time
     * @throws IllegalArgumentException if the id does not fit 16 bits, the address is unresolved or the limit not positive
     */
    public static Duration roundTrip(InetSocketAddress address, int dc, Duration limit) throws ProbeException {
        return TelegramRoundTrip.measure(address, dc, limit, RandomSource.secure());
    }
}
