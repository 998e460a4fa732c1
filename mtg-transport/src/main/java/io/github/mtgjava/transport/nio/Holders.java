package io.github.mtgjava.transport.nio;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a loop for which bytes are held, and how long they have been stuck: since when their peer has taken
 * nothing, or left incomplete what it began to send. When memory is used up the one that has been stuck for longest has to go,
 * and not whoever happens to need some. Confined to the loop.
 */
final class Holders {

    private final Row output = new Row();
    private final Row input = new Row();

    /** Those that are stuck in one way, the one first that has been so for longest. */
    static final class Row {

        private final Map<TcpConnection, Long> since = new LinkedHashMap<>();

        private Row() {}

        /** Something is held for it, since now or for some time. */
        void hold(TcpConnection connection, long now) {
            since.putIfAbsent(connection, now);
        }

        /** Its peer took some of it. */
        void progress(TcpConnection connection, long now) {
            if (since.remove(connection) != null) {
                since.put(connection, now);
            }
        }

        /** Nothing is held for it any more. */
        void release(TcpConnection connection) {
            since.remove(connection);
        }

        private Map.@Nullable Entry<TcpConnection, Long> first() {
            return since.isEmpty() ? null : since.entrySet().iterator().next();
        }
    }

    /** What peers have not taken yet. */
    Row output() {
        return output;
    }

    /** What peers have not completed yet. */
    Row input() {
        return input;
    }

    /**
     * Breaks the connection that is stuck for longest; its memory is free when this returns.
     *
     * @return whether there was one, other than the one that needs the memory
     */
    boolean makeRoomFor(TcpConnection needy) {
        Map.Entry<TcpConnection, Long> stuck = stuckForLongest();
        if (stuck == null || stuck.getKey() == needy) {
            return false;
        }
        stuck.getKey().drop();
        return true;
    }

    /**
     * Breaks the connection that is stuck for longest, if that is long.
     *
     * @return whether there was such a one
     */
    boolean dropStuckBefore(long time) {
        Map.Entry<TcpConnection, Long> stuck = stuckForLongest();
        if (stuck == null || stuck.getValue() - time > 0) {
            return false;
        }
        stuck.getKey().drop();
        return true;
    }

    private Map.@Nullable Entry<TcpConnection, Long> stuckForLongest() {
        Map.Entry<TcpConnection, Long> writer = output.first();
        Map.Entry<TcpConnection, Long> reader = input.first();
        if (writer == null || reader == null) {
            return writer != null ? writer : reader;
        }
        return writer.getValue() - reader.getValue() <= 0 ? writer : reader;
    }
}
