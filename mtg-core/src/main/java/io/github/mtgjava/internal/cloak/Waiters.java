package io.github.mtgjava.internal.cloak;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** Who waits for the answer of a look-up. Lock-free: event loops add, the background thread tells. */
final class Waiters {

    private final Queue<Consumer<List<InetSocketAddress>>> queue = new ConcurrentLinkedQueue<>();

    void add(Consumer<List<InetSocketAddress>> waiter) {
        queue.add(waiter);
    }

    void tellAll(List<InetSocketAddress> addresses) {
        for (Consumer<List<InetSocketAddress>> waiter = queue.poll(); waiter != null; waiter = queue.poll()) {
            waiter.accept(addresses);
        }
    }
}
