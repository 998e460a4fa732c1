package io.github.mtgjava.internal.cloak;

import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.crypto.X25519;
import io.github.mtgjava.crypto.X25519KeyStream;
import java.util.concurrent.ArrayBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * X25519 public keys for flights. Each costs as much as the rest of a handshake together, if it is made by itself, so a thread
 * of their own makes them ahead, and in number; each is used once. Whoever finds none left makes one. Thread-safe.
 */
public final class KeyShares implements AutoCloseable {

    /** More than come in a turn, before the thread that makes them has its own: some 70 KB. */
    private static final int CAPACITY = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(KeyShares.class);

    private final RandomSource random;
    private final ArrayBlockingQueue<byte[]> ready = new ArrayBlockingQueue<>(CAPACITY);
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
            while (true) {
                for (byte[] key : stream.next()) {
                    ready.put(key);
                }
            }
        } catch (InterruptedException closed) {
            LOG.trace("no more key shares", closed);
        } catch (RuntimeException failure) {
            LOG.warn("key shares cannot be made ahead: handshakes cost more", failure);
        }
    }

    /** A key that nobody has seen. */
    byte[] next() {
        byte[] made = ready.poll();
        return made != null ? made : X25519.randomPublicKey(random);
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
