package io.github.mtgjava.crypto;

/**
 * Much randomness made of little: an AES-256-CTR keystream whose key and counter are drawn from another source, and drawn
 * anew after every {@value #REKEY_BYTES} bytes. As good as that source, and a hundred times as fast as the system's.
 *
 * <p>An instance belongs to one thread at a time.
 */
public final class ExpandedRandom implements RandomSource {

    /** How much is made of one key. */
    static final int REKEY_BYTES = 1 << 20;

    private static final byte[] ZEROS = new byte[1024];

    private final RandomSource seeds;
    private AesCtr stream;
    private int bytesLeft = REKEY_BYTES;

    /** Draws its first key at once. */
    public ExpandedRandom(RandomSource seeds) {
        this.seeds = seeds;
        this.stream = next();
    }

    private AesCtr next() {
        return new AesCtr(seeds.bytes(AesCtr.KEY_BYTES), seeds.bytes(AesCtr.IV_BYTES));
    }

    @Override
    public void nextBytes(byte[] target) {
        for (int done = 0; done < target.length; ) {
            if (bytesLeft == 0) {
                stream = next();
                bytesLeft = REKEY_BYTES;
            }
            int count = Math.min(target.length - done, Math.min(ZEROS.length, bytesLeft));
            stream.transform(ZEROS, 0, count, target, done);
            done += count;
            bytesLeft -= count;
        }
    }
}
