package io.github.mtgjava.internal.cloak;

import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.crypto.X25519;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * X25519 public keys for flights. Each costs more than the rest of a handshake together, so a thread of their own makes them
 * ahead, slowly, while nobody waits; each is used once. Whoever finds none left makes one. Thread-safe.
 */
public final class KeyShares implements AutoCloseable {

    /** A crowd that comes back at once after a break of the network: some 300 KB. */
    private static final int CAPACITY = 4096;

    /** Between two keys: an eighth of a processor at most goes into them. */
    private static final Duration PAUSE = Duration.ofMillis(1);

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
            while (true) {
                ready.put(X25519.randomPublicKey(random));
                Thread.sleep(PAUSE.toMillis());
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
