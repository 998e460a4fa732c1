package io.github.mtgjava.internal.cloak;

import io.github.mtgjava.transport.nio.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Time that a test moves by hand. It starts where a careless comparison of two times would fail. */
final class HandTicker implements Ticker {

    private final AtomicLong nanos =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(30).toNanos());

    @Override
    public long nanos() {
        return nanos.get();
    }

    void advance(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }
}
