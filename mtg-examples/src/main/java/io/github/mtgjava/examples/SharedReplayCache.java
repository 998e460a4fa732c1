package io.github.mtgjava.examples;

import io.github.mtgjava.spi.ReplayCache;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * A replay cache that several proxies share, for instance in Redis: a handshake recorded at one of them is worth nothing
 * at the others.
 *
 * <p>The store is asked on threads of its own, because {@link ReplayCache#claim} is called on event loops and must not
 * block. It <b>fails closed</b>: if the store throws, the stage fails, and the proxy then refuses the client as though it
 * were a replay; so it does if no answer comes before the handshake's deadline. A store that is down keeps every client
 * out, which is the price of never letting a prober in.
 */
public final class SharedReplayCache implements ReplayCache {

    private final Store store;
    private final Executor executor;

    /** The memory that is shared. Called by several threads; may block. */
    @FunctionalInterface
    public interface Store {

        /**
         * Adds a key in one atomic step (Redis: {@code SET key 1 NX}); "look, then add" would let two simultaneous
         * replays in. Keys should live as long as memory permits: the time in a recorded handshake can be forged.
         *
         * @return whether it was not there
         */
        boolean addIfAbsent(String key);
    }

    /** Asks the store on the executor's threads. */
    public SharedReplayCache(Store store, Executor executor) {
        this.store = store;
        this.executor = executor;
    }

    @Override
    public CompletionStage<Boolean> claim(byte[] key) {
        return CompletableFuture.supplyAsync(
                () -> store.addIfAbsent(HexFormat.of().formatHex(key)), executor);
    }
}
