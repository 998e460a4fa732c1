package io.github.mtgjava.internal.telegram.bootstrap;

import io.github.mtgjava.MtProxyException;
import io.github.mtgjava.MtProxyException.Reason;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.internal.fetch.Jitter;
import io.github.mtgjava.internal.fetch.Refresher;
import io.github.mtgjava.internal.fetch.Waiting;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches what links need, at the start and then every hour or so, and holds it. A copy on disk serves when Telegram's site
 * is away at the start; if there is none either, the start waits. Thread-safe.
 */
public final class Bootstrap implements AutoCloseable {

    private static final Duration LAST_RETRY_AT_START = Duration.ofSeconds(60);
    private static final Duration LAST_RETRY = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(Bootstrap.class);

    private final BootstrapSettings settings;
    private final Waiting waiting;
    private final Jitter jitter;
    private final Holdings holdings;
    private final Fetcher fetcher;
    private final Refresher refresher;

    /** Nothing is fetched yet. */
    public Bootstrap(BootstrapSettings settings, InstantSource clock, RandomSource random) {
        this(settings, clock, random, Waiting.real());
    }

    Bootstrap(BootstrapSettings settings, InstantSource clock, RandomSource random, Waiting waiting) {
        this.settings = settings;
        this.waiting = waiting;
        this.jitter = new Jitter(random);
        this.holdings = new Holdings(settings, clock);
        this.fetcher = new Fetcher(settings, clock, waiting, holdings);
        this.refresher = new Refresher(
                "mtg-bootstrap",
                () -> fetcher.fetchAll(settings.requestTimeout()),
                settings.refreshInterval(),
                LAST_RETRY,
                jitter,
                waiting);
    }

    /**
     * Waits until there is what links need, and starts keeping it fresh.
     *
     * @throws MtProxyException if it does not come in time, or {@link #close} ends the wait
     */
    public void start() throws InterruptedException {
        Patience patience = new Patience(settings.startTimeout(), waiting);
        boolean fresh = fetcher.fetchAll(patience.forOneTry(settings.requestTimeout()));
        holdings.takeCopies();
        Duration pause = Refresher.FIRST_RETRY;
        while (!holdings.areUsable()) {
            stopIfItIsTime(patience);
            Duration wait = patience.atMost(jitter.around(pause));
            LOG.atWarn()
                    .addKeyValue("event", "bootstrap_waiting")
                    .addKeyValue("retry_seconds", wait.toSeconds())
                    .log("not listening yet: without Telegram's secret and list of middle proxies no client with an ad"
                            + " tag can be served; trying again");
            if (waiting.await(wait.toNanos())) {
                throw stopped();
            }
            pause = doubled(pause);
            fresh = fetcher.fetchAll(patience.forOneTry(settings.requestTimeout()));
        }
        refresher.start(fresh);
        if (waiting.isStopped()) {
            close();
            throw stopped();
        }
    }

    private void stopIfItIsTime(Patience patience) {
        if (waiting.isStopped()) {
            throw stopped();
        }
        if (patience.isOver()) {
            close();
            throw new MtProxyException(
                    Reason.NOT_LOADED,
                    "cannot fetch what ad tags need within "
                            + settings.startTimeout().toSeconds() + " seconds: " + fetcher.lastFault()
                            + ". Check the way there (mtg-cli doctor), name another source of the secret and the lists, or keep"
                            + " copies of them in a cache directory");
        }
    }

    private static MtProxyException stopped() {
        return new MtProxyException(
                Reason.STOPPED, "the proxy was stopped while it waited for Telegram's list of middle proxies");
    }

    private static Duration doubled(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LAST_RETRY_AT_START) < 0 ? twice : LAST_RETRY_AT_START;
    }

    /**
     * What links need, as it is now. Any thread.
     *
     * @throws IllegalStateException before {@link #start} has returned
     */
    public MiddleProxyData current() {
        return holdings.current();
    }

    /** How fetching goes. Any thread. */
    public BootstrapFigures figures() {
        return new BootstrapFigures(
                fetcher.successes(), fetcher.failures(), holdings.ageMillis(), fetcher.clockOffset());
    }

    /** Ends the wait of {@link #start}, and the refreshing. More than once does nothing. */
    @Override
    public void close() {
        refresher.close();
        fetcher.close();
    }
}
