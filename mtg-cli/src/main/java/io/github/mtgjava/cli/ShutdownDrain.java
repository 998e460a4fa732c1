package io.github.mtgjava.cli;

import io.github.mtgjava.MtProxy;
import io.github.mtgjava.cli.stats.Statistics;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What SIGINT and SIGTERM set off: the proxy takes no new clients, the old ones get some time to end, and the process
 * exits with 0 (left alone, the JVM would report the signal).
 */
final class ShutdownDrain implements Runnable {

    /** How long old clients get. */
    static final Duration DRAIN = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(ShutdownDrain.class);

    private final MtProxy proxy;
    private final Replays replays;
    private final Statistics figures;
    private final Thread hook = new Thread(this, "mtg-shutdown");

    private ShutdownDrain(MtProxy proxy, Replays replays, Statistics figures) {
        this.proxy = proxy;
        this.replays = replays;
        this.figures = figures;
    }

    /** Arranges it for a proxy, started or about to be, what it remembers, and what tells of it. */
    static ShutdownDrain of(MtProxy proxy, Replays replays, Statistics figures) {
        ShutdownDrain drain = new ShutdownDrain(proxy, replays, figures);
        Runtime.getRuntime().addShutdownHook(drain.hook);
        return drain;
    }

    /** Takes it back. If it has begun already it ends the process, and this never returns. */
    void cancel() throws InterruptedException {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException begun) {
            LOG.trace("the process is being ended already", begun);
            hook.join();
        }
    }

    @Override
    public void run() {
        try {
            LOG.atInfo()
                    .addKeyValue("event", "stopping")
                    .addKeyValue("open", proxy.stats().open())
                    .log("draining");
            boolean drained = proxy.stop(DRAIN);
            replays.close();
            figures.close();
            LOG.atInfo()
                    .addKeyValue("event", "stopped")
                    .addKeyValue("drained", drained)
                    .log("stopped");
            LogSetup.flush();
        } finally {
            Runtime.getRuntime().halt(ExitCodes.OK);
        }
    }
}
