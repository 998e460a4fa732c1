package io.github.mtgjava.internal.session;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.RecordSizing;
import io.github.mtgjava.crypto.ExpandedRandom;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.internal.Observers;
import io.github.mtgjava.internal.ProxyConfig;
import io.github.mtgjava.internal.cloak.FlightMaker;
import io.github.mtgjava.internal.cloak.Origin;
import io.github.mtgjava.internal.telegram.dial.Dialler;
import io.github.mtgjava.internal.telegram.dial.FailureMemory;
import io.github.mtgjava.internal.telegram.link.LinkPool;
import io.github.mtgjava.transport.faketls.RecordRamp;
import io.github.mtgjava.transport.nio.EventLoop;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the sessions of one loop share. Confined to that loop, except where it says otherwise. */
public final class LoopContext {

    private final EventLoop loop;
    private final ProxyConfig config;
    private final Keyring keyring;
    private final Observers observers;
    private final FlightMaker flights;
    private final @Nullable Origin origin;
    private final Dialler dialler;
    private final @Nullable LinkPool links;
    private final Crowd crowd;
    private final Door door;
    private final FailureMemory<InetSocketAddress> siteFailures = new FailureMemory<>();
    private final LoopBuffers buffers;
    private final RandomSource noise;
    private @Nullable AnswerBuffer answers;
    private final LoopCounters counters = new LoopCounters();
    private final Set<Session> sessions = new HashSet<>();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private boolean draining;

    /**
     * For one loop; everything but the loop is shared by all loops of the proxy.
     *
     * @param origin null if there is no site to cloak
     * @param dialler of this loop
     * @param links of this loop; null if clients reach Telegram directly
     * @param crowd of all loops
     */
    public LoopContext(
            EventLoop loop,
            ProxyConfig config,
            Keyring keyring,
            Observers observers,
            FlightMaker flights,
            @Nullable Origin origin,
            Dialler dialler,
            @Nullable LinkPool links,
            Crowd crowd) {
        this.loop = loop;
        this.config = config;
        this.keyring = keyring;
        this.observers = observers;
        this.flights = flights;
        this.origin = origin;
        this.dialler = dialler;
        this.links = links;
        this.crowd = crowd;
        this.door = new Door(loop, crowd, config.clientFilter(), observers::crashed);
        this.buffers = new LoopBuffers(loop.readBuffer());
        this.noise = new ExpandedRandom(config.random());
    }

    /** The loop. Callable from any thread. */
    public EventLoop loop() {
        return loop;
    }

    /** What the loop has counted. Callable from any thread. */
    public LoopCounters counters() {
        return counters;
    }

    ProxyConfig config() {
        return config;
    }

    Keyring keyring() {
        return keyring;
    }

    /** The key parts of all secrets that let newcomers in now, the latest first; not to be changed. */
    List<byte[]> validKeys() {
        return keyring.valid(loop.now());
    }

    Observers observers() {
        return observers;
    }

    FlightMaker flights() {
        return flights;
    }

    @Nullable
    Origin origin() {
        return origin;
    }

    Dialler dialler() {
        return dialler;
    }

    /** The loop's links to middle proxies; null if clients reach Telegram directly. Callable from any thread. */
    public @Nullable LinkPool links() {
        return links;
    }

    /** Which addresses of the cloaked site did not answer lately. */
    FailureMemory<InetSocketAddress> siteFailures() {
        return siteFailures;
    }

    LoopBuffers buffers() {
        return buffers;
    }

    /** Randomness in any amount, for this loop. */
    RandomSource noise() {
        return noise;
    }

    /** For one more client; null if records are full whenever they can be. */
    @Nullable
    RecordRamp recordRamp() {
        return config.recordSizing() == RecordSizing.DYNAMIC ? new RecordRamp(loop::now) : null;
    }

    /** Made with the first client that needs it. */
    AnswerBuffer answers() {
        if (answers == null) {
            answers = new AnswerBuffer();
        }
        return answers;
    }

    /** How many there are on all loops. */
    Crowd crowd() {
        return crowd;
    }

    Door door() {
        return door;
    }

    void add(Session session) {
        sessions.add(session);
        counters.add(Counter.ACCEPTED, 1);
        counters.add(Counter.OPEN, 1);
    }

    void remove(Session session) {
        sessions.remove(session);
        counters.add(Counter.OPEN, -1);
        loop.addLoad(-1);
        completeIfDrained();
    }

    void crashed(Throwable failure) {
        observers.crashed(failure);
    }

    /** Completes when the loop has no session any more. Callable from any thread. */
    public CompletableFuture<Void> drain() {
        loop.execute(() -> {
            draining = true;
            completeIfDrained();
        });
        return drained;
    }

    private void completeIfDrained() {
        if (draining && sessions.isEmpty()) {
            drained.complete(null);
        }
    }

    /** Closes all sessions, soon, and then what they shared. Callable from any thread. */
    public void closeAll() {
        loop.execute(() -> {
            for (Session session : new ArrayList<>(sessions)) {
                session.guard(() -> session.close(CloseReason.PROXY_STOPPED));
            }
            if (links != null) {
                links.close();
            }
        });
    }
}
