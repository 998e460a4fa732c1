package io.github.mtgjava.cli;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.LinkFailureReason;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.spi.Ending;
import io.github.mtgjava.spi.ProxyObserver;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of what an operator has to act on: the first time at once, then at most once a minute for each kind, with the
 * number since. Whoever floods the proxy cannot flood its log. Called on several event loops.
 */
final class OperatorLog implements ProxyObserver {

    static final Duration PAUSE = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(OperatorLog.class);

    private final LongSupplier nanos;
    private final Map<Advice, Throttle> throttles = new EnumMap<>(Advice.class);

    /** With a monotonic clock in nanoseconds. */
    OperatorLog(LongSupplier nanos) {
        this.nanos = nanos;
        for (Advice advice : Advice.values()) {
            throttles.put(advice, new Throttle(nanos.getAsLong()));
        }
    }

    @Override
    public void refused(long connection, InetSocketAddress client, RefusalReason reason) {
        warn(Advice.about(reason), reason);
    }

    @Override
    public void cloakFailed(long connection, RefusalReason reason, Duration duration) {
        warn(Advice.CLOAK_UNREACHABLE, reason);
    }

    @Override
    public void closed(Ending ending) {
        warn(Advice.about(ending.reason()), ending.reason());
    }

    @Override
    public void linkFailed(int dc, @Nullable InetSocketAddress address, LinkFailureReason reason, Duration duration) {
        warn(Advice.about(reason), reason);
    }

    @Override
    public void crashed(Throwable failure) {
        warn(Advice.CRASH, CloseReason.INTERNAL_ERROR);
    }

    private void warn(@Nullable Advice advice, Enum<?> reason) {
        if (advice == null) {
            return;
        }
        long count = Objects.requireNonNull(throttles.get(advice)).count(nanos.getAsLong());
        if (count > 0) {
            LOG.atWarn()
                    .addKeyValue("event", Words.of(advice))
                    .addKeyValue("reason", Words.of(reason))
                    .addKeyValue("count", count)
                    .log(advice.text());
        }
    }

    /** Counts, and now and then tells the count. Thread-safe. */
    private static final class Throttle {

        private final AtomicLong count = new AtomicLong();
        private final AtomicLong nextAt;

        Throttle(long now) {
            nextAt = new AtomicLong(now);
        }

        /** Counts one; returns how many there were since it last said so, or 0 if it is too early to say. */
        long count(long now) {
            count.incrementAndGet();
            long due = nextAt.get();
            boolean mine = now - due >= 0 && nextAt.compareAndSet(due, now + PAUSE.toNanos());
            return mine ? count.getAndSet(0) : 0;
        }
    }
}
