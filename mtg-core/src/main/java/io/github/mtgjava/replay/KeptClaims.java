package io.github.mtgjava.replay;

import io.github.mtgjava.crypto.RandomSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers claims from memory, and gathers the new ones for the disk. Until what is on the disk is known, claims wait.
 * Thread-safe: nobody ever holds the lock while the disk works.
 *
 * <pre>
 *              opened            loaded
 *   no salt ──────────▶ salt ──────────────▶ answering from memory and what was kept
 *      │                 │                      ▲
 *      │                 └─ answerAnyway ─▶ answering from memory
 *      │                                        ▲ opened
 *      ├─ answerAnyway ──▶ the same, by a salt of its own: keys are gathered for that of the disk
 *      └─ stopKeeping ───▶ the same, and nothing is kept
 * </pre>
 */
final class KeptClaims {

    /** Claims that wait, at the most, and those that are gathered. Those of a few seconds on any machine. */
    static final int MAX_WAITING = 4096;

    private static final Logger LOG = LoggerFactory.getLogger(KeptClaims.class);

    private static final CompletionStage<Boolean> FRESH = CompletableFuture.completedStage(true);
    private static final CompletionStage<Boolean> SEEN = CompletableFuture.completedStage(false);
    private static final CompletionStage<Boolean> TOO_MANY = CompletableFuture.failedStage(
            new IllegalStateException("too many handshakes at once while kept ones are loaded"));

    private final long maxBytes;
    private final RandomSource random;
    private final long flushMillis;
    private final Object lock = new Object();
    private final List<Waiting> waiting = new ArrayList<>();
    private final AtomicBoolean complained = new AtomicBoolean();
    private volatile ReplayGenerations memory;
    private Batch filling = new Batch();
    /** That of the disk, as soon as it is known. */
    private byte @Nullable [] keptSalt;
    /** That by which claims are answered, as soon as they are. */
    private volatile byte @Nullable [] salt;

    /** The keys that were claimed while nobody knew the salt of the disk, by which they are to be kept; null if none are. */
    private @Nullable List<byte[]> gathered;

    private volatile boolean overflowed;
    private boolean keeping = true;
    private boolean ending;

    /** A claim that cannot be answered yet. */
    private static final class Waiting {

        private final byte[] key;
        private final CompletableFuture<Boolean> answer = new CompletableFuture<>();

        Waiting(byte[] key) {
            this.key = key;
        }
    }

    /** Nothing is known of the disk yet, to which claims go after so many milliseconds, or when there are many. */
    KeptClaims(long maxBytes, RandomSource random, long flushMillis) {
        this.maxBytes = maxBytes;
        this.random = random;
        this.flushMillis = flushMillis;
        this.memory = new ReplayGenerations(maxBytes);
    }

    CompletionStage<Boolean> claim(byte[] key) {
        byte[] known = salt;
        return known != null ? answer(known, key) : answerOrWait(key);
    }

    private CompletionStage<Boolean> answerOrWait(byte[] key) {
        byte[] known;
        synchronized (lock) {
            known = salt;
            if (known == null) {
                if (waiting.size() == MAX_WAITING) {
                    return TOO_MANY;
                }
                Waiting claim = new Waiting(key);
                waiting.add(claim);
                return claim.answer;
            }
        }
        return answer(known, key);
    }

    private CompletionStage<Boolean> answer(byte[] known, byte[] key) {
        byte[] hash = Fingerprint.hash(known, key);
        boolean fresh;
        synchronized (lock) {
            byte[] now = Objects.requireNonNullElse(salt, known);
            fresh = claim(key, now == known ? hash : Fingerprint.hash(now, key));
        }
        if (overflowed && complained.compareAndSet(false, true)) {
            LOG.atWarn()
                    .addKeyValue("event", "replays_not_kept")
                    .log(
                            "handshakes come faster than the disk takes them: some are remembered in memory only, and are new"
                                    + " once after a restart");
        }
        return fresh ? FRESH : SEEN;
    }

    /** Under the lock. */
    private boolean claim(byte[] key, byte[] hash) {
        boolean fresh = add(hash);
        if (fresh && gathered != null) {
            if (gathered.size() < MAX_WAITING) {
                gathered.add(key);
            } else {
                gathered = null;
            }
        }
        return fresh;
    }

    /** Under the lock. */
    private boolean add(byte[] hash) {
        long high = Fingerprint.high(hash);
        long low = Fingerprint.low(hash);
        if (!memory.add(high, low)) {
            return false;
        }
        if (keeping) {
            if (!filling.offer(high, low)) {
                overflowed = true;
            } else if (filling.size() == 1 || filling.size() == Batch.CAPACITY / 2) {
                lock.notifyAll();
            }
        }
        return true;
    }

    /** The salt of what is on the disk; false if too many claims were answered by another one already. */
    boolean opened(byte[] found) {
        synchronized (lock) {
            keptSalt = found;
            return salt == null || change(found);
        }
    }

    /** Under the lock: from now on claims are answered by that salt, and those so far are remembered by it. */
    private boolean change(byte[] found) {
        List<byte[]> claimed = gathered;
        gathered = null;
        if (claimed == null) {
            return false;
        }
        salt = found;
        memory = new ReplayGenerations(maxBytes);
        keeping = true;
        claimed.forEach(key -> add(Fingerprint.hash(found, key)));
        return true;
    }

    /** Waits for so long; false if the salt of the disk would be of no use any more. */
    @SuppressWarnings("WaitNotInLoop") // waking early does no harm
    boolean awaitSalt(long millis) throws InterruptedException {
        synchronized (lock) {
            if (!ending) {
                lock.wait(millis);
            }
            return !ending && gathered != null;
        }
    }

    /** What was on the disk, after {@link #opened}. */
    void loaded(ReplayGenerations kept) {
        List<Runnable> answers;
        synchronized (lock) {
            if (salt != null) {
                memory.addOlder(kept);
                return;
            }
            memory = kept;
            answers = begin();
        }
        answers.forEach(Runnable::run);
    }

    /**
     * If claims still wait for the disk, they have waited for long enough.
     *
     * @return whether they did
     */
    boolean answerAnyway() {
        List<Runnable> answers;
        synchronized (lock) {
            if (salt != null) {
                return false;
            }
            // Without the salt, what the disk has is of no use yet, and nothing can be written.
            keeping = keptSalt != null;
            gathered = keeping ? null : new ArrayList<>();
            answers = begin();
        }
        answers.forEach(Runnable::run);
        return true;
    }

    /** Nothing is to be had of the disk, and nothing is kept from now on. */
    void stopKeeping() {
        answerAnyway();
        synchronized (lock) {
            keeping = false;
            gathered = null;
        }
    }

    /** Under the lock: from now on claims are answered, those that wait first. They are to be told without the lock. */
    private List<Runnable> begin() {
        byte[] known = keptSalt != null ? keptSalt : random.bytes(Fingerprint.SALT_BYTES);
        salt = known;
        List<Runnable> answers = new ArrayList<>(waiting.size());
        for (Waiting claim : waiting) {
            boolean fresh = claim(claim.key, Fingerprint.hash(known, claim.key));
            answers.add(() -> claim.answer.complete(fresh));
        }
        waiting.clear();
        return answers;
    }

    /**
     * Waits for claims to be kept.
     *
     * @param emptied is filled with those that come from now on
     * @return those so far; none at the end, perhaps
     */
    @SuppressWarnings("WaitNotInLoop") // the second one: waking early does no harm
    Batch awaitBatch(Batch emptied) throws InterruptedException {
        synchronized (lock) {
            while (filling.size() == 0 && !ending) {
                lock.wait();
            }
            if (flushMillis > 0 && filling.size() < Batch.CAPACITY / 2 && !ending) {
                lock.wait(flushMillis);
            }
            Batch batch = filling;
            batch.seal(memory.added(), memory.forgotten());
            filling = emptied;
            keeping &= !ending;
            return batch;
        }
    }

    /** Whether there will be another batch. */
    boolean isKeeping() {
        synchronized (lock) {
            return keeping;
        }
    }

    /** The next batch is the last one. */
    void end() {
        synchronized (lock) {
            ending = true;
            lock.notifyAll();
        }
    }

    /** Any thread. */
    long bytes() {
        return memory.bytes();
    }
}
