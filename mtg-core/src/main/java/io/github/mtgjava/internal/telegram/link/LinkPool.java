package io.github.mtgjava.internal.telegram.link;

import io.github.mtgjava.internal.telegram.bootstrap.MiddleProxyData;
import io.github.mtgjava.internal.telegram.dial.Dialler;
import io.github.mtgjava.transport.nio.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** All links of one loop. Confined to that loop, except for the counters. */
public final class LinkPool {

    private final EventLoop loop;
    private final LinkEnvironment environment;
    private final Dialler dialler;
    private final LinkCounters counters = new LinkCounters();
    private final Map<Integer, LinkGroup> groups = new HashMap<>();
    private @Nullable LinkOutput output;
    private boolean closed;

    /** Without links; they are made when clients come. */
    public LinkPool(EventLoop loop, LinkEnvironment environment, Dialler dialler) {
        this.loop = loop;
        this.environment = environment;
        this.dialler = dialler;
    }

    /** What has been counted. Callable from any thread. */
    public LinkCounters counters() {
        return counters;
    }

    /**
     * Looks for a place for a client, which is told with {@link LinkClient#onReady} when it has one, unless it has one at
     * once.
     *
     * @param dc what the client asked for, signed
     * @return null if no middle proxy is known for that DC, nor a default
     */
    public @Nullable Seat enter(int dc, LinkClient client) {
        assert loop.inEventLoop();
        MiddleProxyData data = environment.data().get();
        OptionalInt entry =
                MiddleProxyAddresses.entry(data, environment.settings().preferIp(), dc);
        if (entry.isEmpty()) {
            return null;
        }
        LinkGroup group = groups.computeIfAbsent(entry.getAsInt(), number -> new LinkGroup(this, number));
        Seat seat = new Seat(group, client);
        group.enter(seat);
        return seat;
    }

    /** The proxy's addresses as Telegram sees them. Callable from any thread. */
    public PublicAddresses publicAddresses() {
        return environment.settings().publicAddresses().get();
    }

    /** Closes all links, for good. */
    public void close() {
        assert loop.inEventLoop();
        closed = true;
        new ArrayList<>(groups.values()).forEach(LinkGroup::close);
    }

    /** Whether nothing new is to begin. */
    boolean isClosed() {
        return closed || !loop.isRunning();
    }

    EventLoop loop() {
        return loop;
    }

    LinkEnvironment environment() {
        return environment;
    }

    Dialler dialler() {
        return dialler;
    }

    /** The memory that all links write through, made with the first of them. */
    LinkOutput output() {
        if (output == null) {
            output = new LinkOutput();
        }
        return output;
    }
}
