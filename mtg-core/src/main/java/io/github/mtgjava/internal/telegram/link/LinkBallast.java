package io.github.mtgjava.internal.telegram.link;

import io.github.mtgjava.transport.nio.TcpConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What a link's clients have not taken yet of their answers, all together. Too much of it stops the link from being read,
 * for a moment: then the clients that hold it up are let go, so that the others go on.
 */
final class LinkBallast {

    /** Held for all clients of a link: above it, the link is not read. */
    static final int HIGH_WATER = 32 << 20;

    /** Below it, the link is read again. */
    static final int LOW_WATER = 16 << 20;

    /** How long the link's other clients may have to wait for slow ones. */
    static final Duration GRACE = Duration.ofSeconds(1);

    private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();

    private final TcpConnection connection;
    private final Collection<Seat> seats;
    private boolean suspected;
    private long pausedAt;

    LinkBallast(TcpConnection connection, Collection<Seat> seats) {
        this.connection = connection;
        this.seats = seats;
    }

    /** This client was sent something. */
    void onAnswered(Seat seat) {
        suspected |= seat.client().held() > 0;
    }

    /** After a read: stops reading if too much is held. */
    void check(long now) {
        if (suspected && !isReadingPaused()) {
            suspected = false;
            if (held() > HIGH_WATER) {
                connection.pauseReading();
                pausedAt = now;
            }
        }
    }

    boolean isReadingPaused() {
        return connection.isReadingPaused();
    }

    /** While the link is not read: reads it again, or lets those go for whom it has to wait. */
    void relieve(long now) {
        if (!isReadingPaused()) {
            return;
        }
        if (held() > LOW_WATER && now - pausedAt >= GRACE.toNanos()) {
            letTheHeaviestGo();
        }
        if (held() <= LOW_WATER) {
            connection.resumeReading();
        }
    }

    private void letTheHeaviestGo() {
        for (Seat seat : heaviest(seats, held() - LOW_WATER)) {
            seat.client().onTooSlow();
        }
    }

    /** So few of them that together hold so many bytes. */
    static List<Seat> heaviest(Collection<Seat> seats, long bytes) {
        List<Seat> heaviestFirst = new ArrayList<>(seats);
        heaviestFirst.sort(
                Comparator.comparingInt((Seat seat) -> seat.client().held()).reversed());
        int count = 0;
        for (long left = bytes; left > 0 && count < heaviestFirst.size(); count++) {
            left -= heaviestFirst.get(count).client().held();
        }
        return heaviestFirst.subList(0, count);
    }

    /** When to look again, if otherwise it would be after so many nanoseconds. */
    long nanosToLook(long otherwise) {
        return isReadingPaused() ? Math.min(LOOK_NANOS, otherwise) : otherwise;
    }

    private long held() {
        long held = 0;
        for (Seat seat : seats) {
            held += seat.client().held();
        }
        return held;
    }
}
