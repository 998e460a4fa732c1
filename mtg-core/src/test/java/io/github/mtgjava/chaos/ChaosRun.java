package io.github.mtgjava.chaos;

import io.github.mtgjava.MtProxy;
import io.github.mtgjava.ProxyStats;
import io.github.mtgjava.Secret;
import io.github.mtgjava.spi.ReplayCache;
import io.github.mtgjava.spi.TelegramDirectory;
import io.github.mtgjava.testkit.ClientOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A proxy between a crowd and servers in trouble, and rounds of chaos around it. For one thread. */
final class ChaosRun implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChaosRun.class);
    private static final String HOST = "origin.test";
    private static final Secret SECRET = Secret.parse("ee00112233445566778899aabbccddeeff6f726967696e2e74657374");
    private static final int DC = 2;

    /** No client that is slowed down by a busy machine shall be taken for one that says nothing. */
    private static final Duration HANDSHAKE = Duration.ofSeconds(30);

    /** Phones that sleep for longer are closed by the proxy. */
    private static final Duration LONGEST_IDLE = Duration.ofMinutes(4);

    private static final long LONGEST_ENTRY_MILLIS = 20_000;
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** In a row, before all counts as over: what is on its way within the kernel comes soon. */
    private static final int QUIET_LOOKS = 5;

    /** And what the proxy has not seen counts as never seen: it may be waiting for descriptors. */
    private static final int PATIENT_LOOKS = 50;

    private static final long LOOK_AGAIN_MILLIS = 100;
    private static final int MOST_SHOWN = 10;

    private final Settings settings;
    private final Weather weather = new Weather();
    private final Ledger ledger = new Ledger(weather);
    private final Witness witness = new Witness(ledger);
    private final ClockJump clock = new ClockJump();
    private final Reactor clientSide = new Reactor("chaos-clients", this::onFailure);
    private final Reactor serverSide = new Reactor("chaos-servers", this::onFailure);
    private final ChaosTelegram telegram = new ChaosTelegram(serverSide, ledger);
    private final ChaosSite site = new ChaosSite(serverSide);
    private final MtProxy proxy = proxy();
    private final Recordings recordings = new Recordings();
    private final Conductor conductor;
    private final long began = System.nanoTime();
    private long nextProgress = began;
    private int failuresShown;
    private long heldMost;

    /**
     * What to do.
     *
     * @param clients at a time
     * @param seed of whatever is drawn: who does what, and which fault comes when
     */
    record Settings(int clients, Duration warmUp, Duration length, long seed) {}

    ChaosRun(Settings settings) throws Exception {
        this.settings = settings;
        Preloading.loadAll();
        conductor = new Conductor(weather, troubles());
        proxy.start();
        LOG.info("{}; again with -Dchaos.seed={}; faults: {}", settings, settings.seed(), conductor.faults());
    }

    private MtProxy proxy() {
        return MtProxy.builder()
                .secret(SECRET)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .workers(2)
                .maxConnections(5_000)
                .cloakAddress(site.address())
                // The site here speaks no TLS.
                .cloakProbeInterval(Duration.ZERO)
                .handshakeTimeout(HANDSHAKE)
                .connectTimeout(HANDSHAKE)
                .replayCache(ReplayCache.inMemory(2 << 20))
                .telegramDirectory(TelegramDirectory.builtIn().withOverrides(Map.of(DC, List.of(telegram.address()))))
                .clock(clock)
                .addObserver(witness)
                .build();
    }

    private Map<Fault, Trouble> troubles() {
        Map<Fault, Trouble> troubles = new EnumMap<>(Fault.class);
        Random random = new Random(~settings.seed());
        troubles.put(Fault.TELEGRAM_REFUSES, new Refusal(telegram));
        troubles.put(Fault.TELEGRAM_RESETS, new Resets(telegram, random));
        troubles.put(Fault.TELEGRAM_STALLS, new Stall(telegram));
        troubles.put(Fault.SITE_REFUSES, new Refusal(site));
        troubles.put(Fault.SITE_RESETS, new Resets(site, random));
        troubles.put(Fault.SITE_STALLS, new Stall(site));
        troubles.put(Fault.CLOCK_JUMPED, clock);
        if (DescriptorFamine.isPossible()) {
            troubles.put(Fault.NO_DESCRIPTORS, new DescriptorFamine());
        }
        return troubles;
    }

    private World world(Duration length) {
        Duration third = length.dividedBy(3);
        return new World(
                clientSide,
                proxy.address(),
                SECRET.key(),
                ClientOptions.tls(proxy.address(), SECRET.key(), HOST).withDc(DC),
                ledger,
                weather,
                recordings,
                third.compareTo(LONGEST_IDLE) < 0 ? third : LONGEST_IDLE);
    }

    private void onFailure(Throwable failure) {
        LOG.info("a fault of this test's own", failure);
        ledger.fail("a fault of this test's own: " + failure);
    }

    /** A round that nobody measures: until pools, tables and compiled code have their size. */
    void warmUp() throws InterruptedException {
        round(settings.warmUp(), settings.seed() + 1);
        heldMost = 0;
    }

    /** The round that counts. */
    void play() throws InterruptedException {
        round(settings.length(), settings.seed());
    }

    private void round(Duration length, long seed) throws InterruptedException {
        long end = System.nanoTime() + length.toNanos();
        Crowd crowd = new Crowd(world(length), settings.clients(), seed);
        crowd.come((int) Math.min(LONGEST_ENTRY_MILLIS, length.toMillis() / 10));
        conductor.play(Schedule.of(new Random(seed), length, conductor.faults()), this::look);
        Conductor.waitUntil(end, this::look);
        progress("everybody leaves");
        crowd.leave();
        awaitQuiet();
        progress("all is quiet");
    }

    /** One more, who wants much. */
    void serveOneMore() throws InterruptedException {
        long before = ledger.count(Kind.BULK, Outcome.COMPLETE);
        World world = world(settings.length());
        clientSide.execute(() -> {
            try {
                Kind.BULK.visit(world, new Random(settings.seed()), () -> {}).start();
            } catch (IOException noDescriptor) {
                onFailure(noDescriptor);
            }
        });
        await("one more client is served", () -> ledger.count(Kind.BULK, Outcome.COMPLETE) > before);
        awaitQuiet();
    }

    private void awaitQuiet() throws InterruptedException {
        int[] quiet = new int[1];
        await("nobody is left", () -> {
            quiet[0] = isQuiet() ? quiet[0] + 1 : 0;
            return quiet[0] == PATIENT_LOOKS
                    || (quiet[0] >= QUIET_LOOKS && ledger.open().isEmpty());
        });
        ledger.close();
    }

    private boolean isQuiet() {
        ProxyStats stats = proxy.stats();
        return stats.open() == 0
                && witness.closed() == stats.accepted()
                && telegram.open() == 0
                && site.open() == 0
                && ledger.open().stream().allMatch(Account::isIgnored);
    }

    /** Waits until it is so, and fails if it takes very long. */
    void await(String what, BooleanSupplier condition) throws InterruptedException {
        long limit = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - limit > 0) {
                throw new AssertionError("not within " + LIMIT + ": " + what + "; " + state() + "; "
                        + ledger.open().stream().limit(MOST_SHOWN).toList());
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
            look();
        }
    }

    private void look() {
        heldMost = Math.max(heldMost, proxy.stats().bufferedBytes());
        List<String> failures = ledger.failures();
        for (; failuresShown < Math.min(failures.size() - 1, MOST_SHOWN); failuresShown++) {
            LOG.info("failure: {}", failures.get(failuresShown));
        }
        if (System.nanoTime() - nextProgress > 0) {
            nextProgress = System.nanoTime() + PROGRESS_NANOS;
            ledger.sweep();
            progress("going on");
        }
    }

    private void progress(String what) {
        LOG.info("{} s, {}: {}", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began), what, state());
    }

    private String state() {
        ProxyStats stats = proxy.stats();
        return stats.open() + " open, " + stats.accepted() + " accepted, "
                + ledger.open().size() + " accounts open, "
                + telegram.open() + " at Telegram, " + site.open() + " at the site; " + (stats.bytesFromClients() >> 20)
                + " MiB up, " + (stats.bytesToClients() >> 20) + " MiB down, held " + (stats.bufferedBytes() >> 10)
                + " KiB, lag " + stats.loopLag().toMillis() + " ms; " + ledger + "; now "
                + conductor.here() + "; failures " + ledger.failureCount();
    }

    Ledger ledger() {
        return ledger;
    }

    Weather weather() {
        return weather;
    }

    Witness witness() {
        return witness;
    }

    ChaosTelegram telegram() {
        return telegram;
    }

    List<Fault> faults() {
        return conductor.faults();
    }

    ProxyStats stats() {
        return proxy.stats();
    }

    /** The most that pools may have kept since the warming-up: twice of what was seen held, as nobody looks all the time. */
    long heldMost() {
        return 2 * heldMost;
    }

    @Override
    public void close() throws InterruptedException {
        proxy.close();
        clientSide.close();
        serverSide.close();
    }
}
