package io.github.mtgjava.replay;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the one thread does that knows the disk: it loads what is there, then writes what comes, until it is told to end. */
final class ReplayKeeper implements Runnable {

    /** From a failure to the next try. */
    static final Duration RETRY = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(ReplayKeeper.class);

    private final KeptClaims claims;
    private final ReplayStore store;
    private final long maxBytes;
    private final LongSupplier nanos;
    private final long takenMillis;
    private boolean failing;
    private long retryAt;

    ReplayKeeper(KeptClaims claims, ReplayStore store, long maxBytes, DirectoryReplayCache.Times times) {
        this.claims = claims;
        this.store = store;
        this.maxBytes = maxBytes;
        this.nanos = times.nanos();
        this.takenMillis = times.taken().toMillis();
    }

    @Override
    public void run() {
        try (store) {
            if (load()) {
                keep();
            }
        } catch (InterruptedException | IOException ended) {
            LOG.debug("handshakes are not kept any more", ended);
        } catch (RuntimeException | Error fault) {
            LOG.error("a fault while handshakes were kept: they are remembered in memory only from now on", fault);
        } finally {
            claims.stopKeeping();
        }
    }

    /** False if nothing can be kept. */
    private boolean load() throws InterruptedException {
        try {
            if (!claims.opened(open())) {
                warnOfNothingKept("what is on the disk came too late");
                return false;
            }
            ReplayGenerations kept = new ReplayGenerations(maxBytes);
            store.load(kept);
            claims.loaded(kept);
            if (failing) {
                tellOfKeeping();
            }
            return true;
        } catch (DirectoryLock.TakenException told) {
            return false;
        } catch (IOException | RuntimeException failure) {
            warnOfNothingKept(failure.toString());
            return false;
        }
    }

    /** Whoever has the directory may be about to end, as a proxy does that this one follows. No claim waits for that. */
    private byte[] open() throws IOException, InterruptedException {
        while (true) {
            try {
                return store.open();
            } catch (DirectoryLock.TakenException taken) {
                claims.answerAnyway();
                if (!failing) {
                    warnOfNothingKept(taken.toString());
                }
                failing = true;
                if (!claims.awaitSalt(takenMillis)) {
                    throw taken;
                }
            }
        }
    }

    private static void warnOfNothingKept(String cause) {
        LOG.atWarn()
                .addKeyValue("event", "replays_not_kept")
                .addKeyValue("cause", cause)
                .log("handshakes are remembered in memory only, and are new once after a restart: give this proxy a"
                        + " directory that it may write to and shares with no other");
    }

    private void tellOfKeeping() {
        LOG.atInfo().addKeyValue("event", "replays_kept").log("handshakes are kept again");
        failing = false;
    }

    private void keep() throws InterruptedException {
        Batch batch = new Batch();
        do {
            batch = claims.awaitBatch(batch);
            write(batch);
            batch.clear();
        } while (claims.isKeeping());
    }

    private void write(Batch batch) {
        if (failing && nanos.getAsLong() - retryAt < 0) {
            return;
        }
        try {
            store.append(batch);
            if (failing) {
                tellOfKeeping();
            }
        } catch (IOException | RuntimeException failure) {
            if (!failing) {
                LOG.atWarn()
                        .addKeyValue("event", "replays_not_kept")
                        .addKeyValue("cause", failure.toString())
                        .log(
                                "handshakes cannot be written: they are remembered in memory only, and are new once after a"
                                        + " restart, until that works again");
            }
            failing = true;
            retryAt = nanos.getAsLong() + RETRY.toNanos();
        }
    }
}
