package io.github.mtgjava.internal.telegram.link;

import io.github.mtgjava.crypto.RandomSource;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The names that clients have on links: a counter that starts anywhere, so that none is met again on any link of the
 * proxy. Never 0. Thread-safe.
 */
public final class ConnectionIds {

    private final AtomicLong last;

    /** Starting at a random number. */
    public ConnectionIds(RandomSource random) {
        this(ByteBuffer.wrap(random.bytes(Long.BYTES)).getLong());
    }

    ConnectionIds(long last) {
        this.last = new AtomicLong(last);
    }

    long next() {
        long next = last.incrementAndGet();
        return next != 0 ? next : last.incrementAndGet();
    }
}
