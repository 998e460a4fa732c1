package io.github.mtgjava.internal.cloak;

import io.github.mtgjava.crypto.MlKem768;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.crypto.X25519;
import io.github.mtgjava.crypto.X25519KeyStream;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * X25519 public keys for flights. Each costs as much as the rest of a handshake together, if it is made by itself, so a thread
 * of their own makes them ahead, and in number; each is used once. Whoever finds none left makes one. Thread-safe.
 */
public final class KeyShares implements AutoCloseable {

    /** More than come in a turn, before the thread that makes them has its own: some 80 KB. */
    private static final int MOST = 1024;

    /** The maker is woken when so many are left: not for each that is used. */
    private static final int FEW = MOST / 2;

    private static final Logger LOG = LoggerFactory.getLogger(KeyShares.class);

    private final RandomSource random;
    private final Queue<byte[]> ready = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Thread maker = new Thread(this::make, "mtg-key-shares");

    /** Without any yet. */
    public KeyShares(RandomSource random) {
        this.random = random;
        maker.setDaemon(true);
    }

    /** Begins to make some. */
    public void start() {
        maker.start();
    }

    private void make() {
        try {
            X25519KeyStream stream = new X25519KeyStream(random);
            fill(stream);
            // Ciphertexts cannot be made ahead, but need not be slow the first time.
            MlKem768.warmUp();
            while (!Thread.currentThread().isInterrupted()) {
                fill(stream);
                LockSupport.park(this);
            }
        } catch (RuntimeException failure) {
            LOG.warn("key shares cannot be made ahead: handshakes cost more", failure);
        }
    }

    private void fill(X25519KeyStream stream) {
        while (count.get() < MOST) {
            ready.addAll(stream.next());
            count.addAndGet(X25519KeyStream.BATCH);
        }
    }

    /** A key that nobody has seen. */
    byte[] next() {
        byte[] made = ready.poll();
        if (made == null) {
            return X25519.randomPublicKey(random);
        }
        if (count.decrementAndGet() == FEW) {
            LockSupport.unpark(maker);
        }
        return made;
    }

    /** How many wait. */
    int ready() {
        return ready.size();
    }

    /** Makes no more. */
    @Override
    public void close() {
        maker.interrupt();
    }
}
