package io.github.mtgjava.internal.telegram.link;

import io.github.mtgjava.LinkCloseReason;
import io.github.mtgjava.LinkFailureReason;
import io.github.mtgjava.transport.nio.EventLoop;
import io.github.mtgjava.transport.nio.Timer;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The links of one DC on one loop, and the clients that wait for a place on one.
 *
 * <p>A client takes the link with the fewest clients. Where all are full it waits: for one attempt to open a link, however
 * many clients wait, and once an attempt has succeeded for as many at a time as the waiting clients fill. If the attempt
 * fails, new clients are let go; those that had a link before wait on, for a while. Nobody who has a link waits for anything.
 */
final class LinkGroup {

    /** How long a client may wait for its first link: what connecting and the handshake may take together. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** How long a client may wait for another link when its own has ended. */
    static final Duration MOVING_PATIENCE = Duration.ofSeconds(10);

    private static final int MAX_ATTEMPTS = 8;

    /** How exact waiting is. */
    private static final long TICK_NANOS = Duration.ofMillis(250).toNanos();

    private final LinkPool pool;
    private final int dc;
    private final List<Link> links = new ArrayList<>();
    private final Set<LinkAttempt> attempts = new HashSet<>();
    private final Set<Seat> waiting = new LinkedHashSet<>();
    private final MiddleProxyAddresses addresses = new MiddleProxyAddresses();
    private final Backoff backoff = new Backoff();
    private final Random random;
    private final Timer timer = new Timer(this::onTimer);
    private boolean lastAttemptSucceeded;

    LinkGroup(LinkPool pool, int dc) {
        this.pool = pool;
        this.dc = dc;
        byte[] seed = pool.environment().random().bytes(Long.BYTES);
        this.random = new Random(ByteBuffer.wrap(seed).getLong());
    }

    /** The entry of Telegram's list. */
    int dc() {
        return dc;
    }

    LinkPool pool() {
        return pool;
    }

    /** A new client: takes a place, or waits for one. */
    void enter(Seat seat) {
        // A place that has just been freed belongs to those who wait.
        if (waiting.isEmpty() && place(seat)) {
            return;
        }
        seat.mayWait(now() + PATIENCE.toNanos());
        startWaiting(seat);
        if (attempts.isEmpty() && backoff.nanosLeft(now()) > PATIENCE.toNanos()) {
            loop().execute(() -> refuse(seat));
        }
    }

    void stopWaiting(Seat seat) {
        if (waiting.remove(seat)) {
            pool.counters().addWaiting(-1);
        }
    }

    /** Later, as whoever has just left is in the middle of something. */
    void onPlaceFreed() {
        if (!waiting.isEmpty()) {
            loop().execute(this::serveWaiting);
        }
    }

    private boolean place(Seat seat) {
        Optional<Link> best = links.stream()
                .filter(link -> link.clients() < pool.environment().settings().clientsPerLink())
                .min(Comparator.comparing(Link::isFull).thenComparingInt(Link::clients));
        best.ifPresent(link -> link.add(seat));
        return best.isPresent();
    }

    private void startWaiting(Seat seat) {
        waiting.add(seat);
        pool.counters().addWaiting(1);
        openLinks();
        tick();
    }

    private void tick() {
        if (!timer.isScheduled() && !waiting.isEmpty() && !pool.isClosed()) {
            loop().schedule(timer, now() + TICK_NANOS);
        }
    }

    private void onTimer() {
        for (Seat seat : List.copyOf(waiting)) {
            if (seat.isOverdue(now())) {
                refuse(seat);
            }
        }
        openLinks();
        tick();
    }

    private void refuse(Seat seat) {
        if (waiting.contains(seat)) {
            stopWaiting(seat);
            seat.dismiss();
            seat.client().onNoLink();
        }
    }

    /** Gives places to those who wait, first come, first served, and opens links for the rest. */
    private void serveWaiting() {
        while (!waiting.isEmpty()) {
            Seat next = waiting.iterator().next();
            if (!place(next)) {
                openLinks();
                return;
            }
            stopWaiting(next);
            if (next.isMoving()) {
                pool.counters().countMove();
            }
            next.client().onReady();
        }
    }

    private void openLinks() {
        if (pool.isClosed() || backoff.nanosLeft(now()) > 0) {
            return;
        }
        int perLink = pool.environment().settings().clientsPerLink();
        int free = links.stream().mapToInt(link -> perLink - link.clients()).sum();
        int useful = Math.max(0, waiting.size() - free + perLink - 1) / perLink;
        int allowed = Math.min(useful, lastAttemptSucceeded ? MAX_ATTEMPTS : 1);
        while (attempts.size() < allowed) {
            attempts.add(LinkAttempt.start(
                    this,
                    addresses.toTry(
                            pool.environment().data().get(),
                            dc,
                            pool.environment().settings().preferIp(),
                            random,
                            now())));
        }
    }

    /** One middle proxy did not give us a link; the attempt may go on with another. */
    void onAddressFailed(@Nullable InetSocketAddress address, LinkFailureReason reason, long nanos) {
        if (address != null) {
            addresses.failed(address, now());
        }
        pool.counters().countFailed(reason);
        pool.environment().observer().linkFailed(dc, address, reason, Duration.ofNanos(nanos));
    }

    /** All that the attempt could try failed. */
    void onAttemptFailed(LinkAttempt attempt) {
        attempts.remove(attempt);
        lastAttemptSucceeded = false;
        backoff.fail(attempt.begunAt(), now(), random);
        if (attempts.isEmpty()) {
            for (Seat seat : List.copyOf(waiting)) {
                if (!seat.isMoving()) {
                    refuse(seat);
                }
            }
        }
        tick();
    }

    /** There is a link; those who wait get to know soon. */
    void onOpened(LinkAttempt attempt, Link link, long nanos) {
        attempts.remove(attempt);
        lastAttemptSucceeded = true;
        addresses.succeeded(link.address());
        links.add(link);
        pool.counters().countOpened(link.kind());
        pool.environment().observer().linkOpened(link.number(), dc, link.address(), Duration.ofNanos(nanos));
        loop().execute(this::serveWaiting);
    }

    /** A link is of use. */
    void onProven() {
        backoff.succeed();
    }

    /** A link is gone, and these clients with it, unless there is another one. */
    void onClosed(Link link, LinkCloseReason reason, List<Seat> homeless, long nanos) {
        links.remove(link);
        pool.counters().countClosed(link.kind(), reason);
        pool.environment().observer().linkClosed(link.number(), dc, reason, homeless.size(), Duration.ofNanos(nanos));
        if (pool.isClosed()) {
            return;
        }
        if (!link.isProven() || reason == LinkCloseReason.STALLED) {
            addresses.failed(link.address(), now());
        }
        if (!link.isProven()) {
            lastAttemptSucceeded = false;
            backoff.fail(now() - nanos, now(), random);
        }
        for (Seat seat : homeless) {
            // A link that was of no use is no end of the wait.
            if (link.isProven() || !seat.isMoving()) {
                seat.mayMove(now() + MOVING_PATIENCE.toNanos());
            }
            if (place(seat)) {
                pool.counters().countMove();
            } else {
                startWaiting(seat);
            }
        }
        // Later, as one of them may be in the middle of sending.
        loop().execute(() -> homeless.forEach(this::tellOfMove));
    }

    private void tellOfMove(Seat seat) {
        if (seat.hasLeft() || pool.isClosed()) {
            return;
        }
        if (seat.hasLink()) {
            seat.client().onReady();
        } else {
            seat.client().onLinkLost();
        }
    }

    void close() {
        timer.cancel();
        List.copyOf(attempts).forEach(LinkAttempt::cancel);
        attempts.clear();
        List.copyOf(links).forEach(link -> link.close(LinkCloseReason.PROXY_STOPPED));
        List.copyOf(waiting).forEach(this::stopWaiting);
    }

    private EventLoop loop() {
        return pool.loop();
    }

    private long now() {
        return pool.loop().now();
    }
}
