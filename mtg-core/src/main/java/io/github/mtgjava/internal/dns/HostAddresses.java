package io.github.mtgjava.internal.dns;

import io.github.mtgjava.spi.HostResolver;
import io.github.mtgjava.transport.nio.EventLoop;
import io.github.mtgjava.transport.nio.Ticker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A host's addresses: looked up in the background, one look-up at a time, and kept. While a new look-up runs, or fails, the
 * last good answer serves. Thread-safe.
 */
public final class HostAddresses {

    private static final long FRESH_NANOS = Duration.ofMinutes(1).toNanos();

    private final InetSocketAddress target;
    private final HostResolver resolver;
    private final Executor background;
    private final Ticker ticker;
    private final UnaryOperator<List<InetSocketAddress>> filter;
    private final Consumer<Exception> onFailure;
    /** Only threads that may block take this lock. */
    private final Object resolving = new Object();

    private final AtomicBoolean lookingUp = new AtomicBoolean();
    private final AtomicBoolean failureTold = new AtomicBoolean();
    /** Lock-free: event loops add, the background thread tells. */
    private final Queue<LookUp> waiting = new ConcurrentLinkedQueue<>();

    private volatile @Nullable Answer lastGood;

    private record Answer(List<InetSocketAddress> addresses, long expiresAt) {}

    /**
     * For a host.
     *
     * @param target resolved, and then used as it is; or unresolved, and looked up by name
     * @param background runs look-ups, which block
     * @param filter leaves out addresses that must not be used
     * @param onFailure told of a look-up that failed, unless the one before failed too
     */
    public HostAddresses(
            InetSocketAddress target,
            HostResolver resolver,
            Executor background,
            Ticker ticker,
            UnaryOperator<List<InetSocketAddress>> filter,
            Consumer<Exception> onFailure) {
        this.target = target;
        this.resolver = resolver;
        this.background = background;
        this.ticker = ticker;
        this.filter = filter;
        this.onFailure = onFailure;
    }

    /**
     * Tells the addresses, on the loop: at once if they are known, later if they have to be looked up. None if they are
     * unknown. A look-up has no time limit of its own: the caller has, and cancels.
     */
    public LookUp lookUp(EventLoop loop, Consumer<List<InetSocketAddress>> callback) {
        LookUp lookUp = new LookUp(loop, callback);
        Answer known = lastGood;
        if (known == null) {
            waiting.add(lookUp);
            refresh();
            return lookUp;
        }
        if (known.expiresAt() - ticker.nanos() < 0) {
            refresh();
        }
        callback.accept(known.addresses());
        return lookUp;
    }

    /**
     * The addresses, looked up now if they are not known well. Blocks.
     *
     * @throws UnknownHostException if there are none
     */
    public List<InetSocketAddress> lookUpNow() throws UnknownHostException {
        Answer known = lastGood;
        if (known != null && known.expiresAt() - ticker.nanos() >= 0) {
            return known.addresses();
        }
        try {
            return learn();
        } catch (UnknownHostException | RuntimeException failure) {
            if (known == null) {
                throw failure;
            }
            return known.addresses();
        }
    }

    /** A resolver is asked for one name once at a time. */
    private List<InetSocketAddress> learn() throws UnknownHostException {
        synchronized (resolving) {
            List<InetSocketAddress> usable = filter.apply(find());
            Answer known = lastGood;
            // A name server that lies for a while, as censors' do, must not cost us what is known.
            List<InetSocketAddress> addresses = usable.isEmpty() && known != null ? known.addresses() : usable;
            lastGood = new Answer(addresses, ticker.nanos() + FRESH_NANOS);
            return addresses;
        }
    }

    private void tellAll(List<InetSocketAddress> addresses) {
        for (LookUp next = waiting.poll(); next != null; next = waiting.poll()) {
            next.answer(addresses);
        }
    }

    /** Looks the host up ahead of the first who asks. */
    public void prefetch() {
        refresh();
    }

    private void refresh() {
        if (lookingUp.compareAndSet(false, true)) {
            try {
                background.execute(this::resolve);
            } catch (RejectedExecutionException stopping) {
                lookingUp.set(false);
                tellAll(List.of());
            } catch (Throwable noThread) {
                // Else nobody would ever look up again.
                lookingUp.set(false);
                throw noThread;
            }
        }
    }

    private void resolve() {
        List<InetSocketAddress> addresses = List.of();
        try {
            addresses = learn();
            failureTold.set(false);
        } catch (UnknownHostException | RuntimeException failure) {
            Answer known = lastGood;
            addresses = known == null ? List.of() : known.addresses();
            if (failureTold.compareAndSet(false, true)) {
                onFailure.accept(failure);
            }
        } finally {
            lookingUp.set(false);
            tellAll(addresses);
        }
    }

    private List<InetSocketAddress> find() throws UnknownHostException {
        if (!target.isUnresolved()) {
            return List.of(target);
        }
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (InetAddress address : resolver.resolve(target.getHostString())) {
            addresses.add(new InetSocketAddress(address, target.getPort()));
        }
        if (addresses.isEmpty()) {
            // A resolver should have thrown this itself. It must not cost us the last good answer.
            throw new UnknownHostException("no addresses");
        }
        return addresses;
    }
}
