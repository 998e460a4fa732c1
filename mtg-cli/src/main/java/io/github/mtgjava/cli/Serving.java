package io.github.mtgjava.cli;

import io.github.mtgjava.MtProxy;
import io.github.mtgjava.Secret;
import io.github.mtgjava.cli.Reload.LinkPrinter;
import io.github.mtgjava.cli.stats.Statistics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of a proxy in this process, until a signal ends both. */
final class Serving {

    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

    private final MtProxy proxy;
    private final Replays replays;
    private final Statistics figures;

    /** With a proxy that is not started, what it remembers, and what tells of it. */
    Serving(MtProxy proxy, Replays replays, Statistics figures) {
        this.proxy = proxy;
        this.replays = replays;
        this.figures = figures;
    }

    /** What the main thread does while the proxy works on threads of its own. */
    interface Vigil {
        void keep() throws InterruptedException;
    }

    /** Starts the proxy and prints its links. Returns only if that fails: else the process ends in {@link ShutdownDrain}. */
    int run(Secret secret, LinkPrinter links, Vigil vigil) throws InterruptedException {
        // Before the start, which may wait long with an ad tag: a signal ends that too.
        ShutdownDrain drain = ShutdownDrain.of(proxy, replays, figures);
        try {
            // Alive, but not ready until it listens.
            figures.serve(() -> proxy.stats().alive(), () -> proxy.stats().listening());
            proxy.start();
            log(secret);
            int printed = links.print(secret);
            if (printed == ExitCodes.OK) {
                vigil.keep();
            }
            return printed;
        } finally {
            // Only a failure leads here; the process shall not end as if it had been stopped.
            drain.cancel();
            proxy.close();
        }
    }

    private void log(Secret secret) {
        LOG.atInfo()
                .addKeyValue("event", "started")
                .addKeyValue("bind", Words.of(proxy.address()))
                .addKeyValue("stats", figures.address().map(Words::of).orElse("none"))
                .addKeyValue("mode", Words.of(secret.type()))
                .addKeyValue("version", Version.text())
                .addKeyValue("java", Runtime.version())
                .addKeyValue("processors", Runtime.getRuntime().availableProcessors())
                .log("listening");
    }
}
