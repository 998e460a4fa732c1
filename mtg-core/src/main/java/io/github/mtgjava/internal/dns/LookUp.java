package io.github.mtgjava.internal.dns;

import io.github.mtgjava.transport.nio.EventLoop;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Somebody waiting for the addresses of a host. Cancelled, it holds on to nothing: a look-up may hang for minutes, and what
 * waits for it, a refused client's bytes for one, must not pile up. Thread-safe.
 */
public final class LookUp {

    private final EventLoop loop;
    private final AtomicReference<Consumer<List<InetSocketAddress>>> callback = new AtomicReference<>(LookUp::ignore);

    LookUp(EventLoop loop, Consumer<List<InetSocketAddress>> callback) {
        this.loop = loop;
        this.callback.set(callback);
    }

    /** One that nobody waits for any more. */
    public static LookUp answered(EventLoop loop) {
        return new LookUp(loop, LookUp::ignore);
    }

    private static void ignore(List<InetSocketAddress> addresses) {}

    /** Nothing is called any more. */
    public void cancel() {
        callback.set(LookUp::ignore);
    }

    void answer(List<InetSocketAddress> addresses) {
        loop.execute(() -> callback.getAndSet(LookUp::ignore).accept(addresses));
    }
}
