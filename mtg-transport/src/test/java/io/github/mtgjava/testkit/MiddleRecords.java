package io.github.mtgjava.testkit;

import io.github.mtgjava.testkit.FakeMiddleProxy.Request;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a {@link FakeMiddleProxy} was sent, and whose connection ids these are. An id is one client's on one link: it is not
 * used again behind its end, and on no other link. Guarded by the proxy's monitor.
 */
final class MiddleRecords {
    private static final int MAX_RECORDED = 10_000;
    private static final int MAX_OWNERS = 100_000;

    private final Deque<Request> requests = new ArrayDeque<>();
    private final Set<Long> closedByProxy = new HashSet<>();
    private final Set<Long> pongs = new HashSet<>();
    /** The number of the link that a connection id was first used on; the oldest are forgotten. */
    private final Map<Long, Integer> owners = new LinkedHashMap<>();

    private boolean recording = true;
    private long requested;
    private int strangersClosed;
    private int mostClients;
    private int pings;

    void recording(boolean value) {
        recording = value;
    }

    void requested(MiddleLink link, Request request) {
        long id = request.connectionId();
        MiddleFrames.expect(!link.closed().contains(id), "a request behind the end of its connection id");
        MiddleFrames.expect(owner(id, link.number()) == link.number(), "a connection id of another link");
        requested++;
        if (recording) {
            record(request);
        }
        if (!link.ended().contains(id)) {
            link.clients().add(id);
            mostClients = Math.max(mostClients, link.clients().size());
        }
    }

    private int owner(long id, int link) {
        Integer owner = owners.putIfAbsent(id, link);
        if (owners.size() > MAX_OWNERS) {
            owners.remove(owners.keySet().iterator().next());
        }
        return owner == null ? link : owner;
    }

    private void record(Request request) {
        requests.add(request);
        if (requests.size() > MAX_RECORDED) {
            requests.poll();
        }
    }

    void closedByProxy(MiddleLink link, long id) {
        if (link.clients().remove(id)) {
            link.closed().add(id);
        } else {
            strangersClosed++;
        }
        if (closedByProxy.size() < MAX_RECORDED) {
            closedByProxy.add(id);
        }
    }

    void pong(long id) {
        pongs.add(id);
    }

    void pinged() {
        pings++;
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    long requested() {
        return requested;
    }

    int mostClients() {
        return mostClients;
    }

    Set<Long> closedByProxy() {
        return Set.copyOf(closedByProxy);
    }

    int strangersClosed() {
        return strangersClosed;
    }

    Set<Long> pongs() {
        return Set.copyOf(pongs);
    }

    int pings() {
        return pings;
    }
}
