package io.github.mtgjava.internal.session;

import io.github.mtgjava.Secret;
import io.github.mtgjava.SecretType;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The secrets of a proxy, which may change while it runs; their type and host never do. Loops look and go on: nothing waits,
 * and there is no timer, as a secret that has ended is dropped by whoever looks next. Thread-safe.
 */
public final class Keyring {

    private static final String RESTART = ": that takes a restart";

    private final SecretType type;
    private final Optional<String> host;
    private final AtomicReference<Keys> keys;

    /** With the secret that the proxy starts with. */
    public Keyring(Secret first) {
        type = first.type();
        host = first.host();
        keys = new AtomicReference<>(Keys.of(first));
    }

    /** The type of all of them. */
    public SecretType type() {
        return type;
    }

    /** The host of all of them, which the proxy cloaks; present for TLS secrets only. */
    public Optional<String> host() {
        return host;
    }

    /** The one to give to users. */
    public Secret current() {
        return held().current();
    }

    /**
     * Makes a secret the current one.
     *
     * @param overlap how long the one until now works beside it; zero: it works alone
     * @param now by the proxy's ticker
     * @return whether that changed anything
     * @throws IllegalArgumentException if it has another type or host
     */
    public boolean change(Secret next, Duration overlap, long now) {
        refuseStranger(next);
        long nanos = overlap.toNanos();
        Keys before = Objects.requireNonNull(keys.getAndUpdate(seen -> seen.with(next, nanos, now)));
        return before.with(next, nanos, now) != before;
    }

    private void refuseStranger(Secret next) {
        if (next.type() != type) {
            throw new IllegalArgumentException("secret: it is " + word(next.type())
                    + ", but the proxy runs with one that is " + word(type) + RESTART);
        }
        if (!next.host().equals(host)) {
            throw new IllegalArgumentException("secret: it is for "
                    + next.host().orElseThrow() + ", but the proxy runs with one for " + host.orElseThrow() + RESTART);
        }
    }

    private static String word(SecretType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    /** The key parts of all that let newcomers in now, the latest first; not to be changed. */
    List<byte[]> valid(long now) {
        Keys seen = held();
        Keys left = seen.at(now);
        if (left != seen) {
            // If somebody else was quicker, a later look drops what is left to drop.
            keys.compareAndSet(seen, left);
        }
        return left.bytes();
    }

    private Keys held() {
        return Objects.requireNonNull(keys.get());
    }

    /** What is held, whether it has ended or not. */
    @Override
    public String toString() {
        return held().toString();
    }
}
