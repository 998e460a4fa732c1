package io.github.mtgjava.spi;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.RefusalReason;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * A connection that ended, as {@link ProxyObserver#closed} tells it: all that is worth keeping of it, so that an observer need not
 * remember what it was told before. Immutable. Whoever else implements this, say in a test, loses nothing with a minor release:
 * methods that it adds have a default.
 */
public interface Ending {

    /** The connection's id, as in {@link ProxyObserver#accepted}. */
    long connection();

    /** The client's address, as in {@link ProxyObserver#accepted}. */
    InetSocketAddress client();

    /** Whether it had been let in. */
    boolean admitted();

    /** Why it had been refused; empty if it had not. Also there if it was ended by a stop of the proxy. */
    Optional<RefusalReason> refusal();

    /** Why it ended. */
    CloseReason reason();

    /** Bytes read from the client's socket. */
    long bytesFromClient();

    /** Bytes written towards the client's socket. */
    long bytesToClient();

    /** Since it was accepted. */
    Duration duration();
}
