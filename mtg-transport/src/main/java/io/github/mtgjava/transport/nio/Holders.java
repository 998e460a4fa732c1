package io.github.mtgjava.transport.nio;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The connections of a loop for which bytes are held, the one first whose peer has taken nothing for longest. When memory is
 * used up that one has to go, and not whoever happens to write. Confined to the loop.
 */
final class Holders {

    private final Set<TcpConnection> stuckLongestFirst = new LinkedHashSet<>();

    /** Something is held for it, since now or for some time. */
    void hold(TcpConnection connection) {
        stuckLongestFirst.add(connection);
    }

    /** Its peer took some of it. */
    void progress(TcpConnection connection) {
        if (stuckLongestFirst.remove(connection)) {
            stuckLongestFirst.add(connection);
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
        stuck.breakLater();
        return true;
    }
}
