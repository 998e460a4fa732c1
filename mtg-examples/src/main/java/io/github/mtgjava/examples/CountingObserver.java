package io.github.mtgjava.examples;

import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.spi.Admission;
import io.github.mtgjava.spi.Ending;
import io.github.mtgjava.spi.ProxyObserver;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts clients, replays and bytes; the program prints the counts when it ends.
 *
 * <pre>mtg-examples/example CountingObserver [SECRET [PORT]]</pre>
 *
 * <p>Several event loops call it at once, hence the adders: they neither block nor contend. Readable from any thread.
 */
public final class CountingObserver implements ProxyObserver {

    private final LongAdder admitted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder replays = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    /** All counts start at zero. */
    public CountingObserver() {}

    /** Runs until the process is ended. */
    public static void main(String[] args) throws Exception {
        CountingObserver observer = new CountingObserver();
        Foreground.main(() -> Foreground.serve(
                Foreground.builder(args).addObserver(observer).build(), () -> System.out.println(observer)));
    }

    @Override
    public void handshakeDone(Admission client) {
        admitted.increment();
    }

    @Override
    public void refused(long connection, InetSocketAddress client, RefusalReason reason) {
        refused.increment();
        if (reason == RefusalReason.REPLAY) {
            replays.increment();
        }
    }

    @Override
    public void closed(Ending ending) {
        bytes.add(ending.bytesFromClient() + ending.bytesToClient());
    }

    /** Clients that proved to know the secret. */
    public long admitted() {
        return admitted.sum();
    }

    /** Connections not let in, replays among them. */
    public long refused() {
        return refused.sum();
    }

    /** Recorded handshakes that somebody played again. */
    public long replays() {
        return replays.sum();
    }

    /** Bytes carried both ways by connections that are over. */
    public long bytes() {
        return bytes.sum();
    }

    /** The counts in words. */
    @Override
    public String toString() {
        return admitted() + " clients with " + bytes() + " bytes; " + refused() + " refused, " + replays()
                + " of them replays";
    }
}
