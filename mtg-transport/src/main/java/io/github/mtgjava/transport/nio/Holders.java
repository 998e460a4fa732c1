package io.github.mtgjava.transport.nio;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The connections of a loop for which bytes are held, the one first that has been stuck for longest: whose peer has taken
 * nothing since, or has not completed what it began to send. When memory is used up that one has to go, and not whoever happens
 * to need some. Confined to the loop.
 */
final class Holders {

    private final Set<TcpConnection> stuckLongestFirst = new LinkedHashSet<>();

    /** Something is held for it, since now or for some time. */
    void hold(TcpConnection connection, long now) {
        if (stuckLongestFirst.add(connection)) {
            connection.stuckSince(now);
        }
    }

    /** Its peer took some of it. */
    void progress(TcpConnection connection, long now) {
        if (stuckLongestFirst.remove(connection)) {
            hold(connection, now);
        }
    }

    /** Nothing is held for it any more. */
    void release(TcpConnection connection) {
        stuckLongestFirst.remove(connection);
    }

    /**
     * Breaks the connection that is stuck for longest.
     *
     * @return whether there was one, other than the one that needs the memory
     */
    boolean makeRoomFor(TcpConnection needy) {
        if (stuckLongestFirst.isEmpty()) {
            return false;
        }
        TcpConnection stuck = stuckLongestFirst.iterator().next();
        if (stuck == needy) {
            return false;
        }
        stuck.drop();
        return true;
    }

    /**
     * Breaks the connection that is stuck for longest, if that is long.
     *
     * @return whether there was such a one
     */
    boolean dropStuckBefore(long time) {
        if (stuckLongestFirst.isEmpty()) {
            return false;
        }
        TcpConnection stuck = stuckLongestFirst.iterator().next();
        if (stuck.stuckSince() - time > 0) {
            return false;
        }
        stuck.drop();
        return true;
    }
}
