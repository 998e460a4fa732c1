package io.github.mtgjava.spi;

import io.github.mtgjava.SecretType;
import io.github.mtgjava.Transport;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * A client that was let in, as {@link ProxyObserver#handshakeDone} tells it. Immutable. Whoever else implements this, say in a
 * test, loses nothing with a minor release: methods that it adds have a default.
 */
public interface Admission {

    /** The connection's id, as in {@link ProxyObserver#accepted}. */
    long connection();

    /** The client's address, as in {@link ProxyObserver#accepted}. */
    InetSocketAddress client();

    /** The kind of secret that it knows: the proxy's. */
    SecretType secretType();

    /** How it frames its packets. */
    Transport transport();

    /** The DC index as the client sent it: negative for media DCs. */
    int dc();

    /** Since it was accepted. */
    Duration duration();
}
