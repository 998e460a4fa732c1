package io.github.mtgjava.internal.cloak;

import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.transport.faketls.ClientHello;
import io.github.mtgjava.transport.faketls.ExtensionOrder;
import io.github.mtgjava.transport.faketls.KeyShareGroup;
import io.github.mtgjava.transport.faketls.ServerHelloFlight;

/**
 * Makes the flights that answer authenticated hellos: a cipher suite and a key share that the client offered, and an
 * encrypted part whose size is drawn once per proxy and varies by a few bytes, as a real host's certificates do.
 * Thread-safe.
 */
public final class FlightMaker {

    private static final int MIN_ENCRYPTED_BYTES = 2500;
    private static final int MAX_ENCRYPTED_BYTES = 4699;
    private static final int VARIATION_BYTES = 2;

    private final byte[] key;
    private final KeyShares keyShares;
    private final int encryptedBytes;

    /** With the key part of the secret; the random source draws what is the same for all flights. */
    public FlightMaker(byte[] key, RandomSource random, KeyShares keyShares) {
        this.key = key;
        this.keyShares = keyShares;
        this.encryptedBytes = random.between(MIN_ENCRYPTED_BYTES, MAX_ENCRYPTED_BYTES);
    }

    /**
     * The whole flight, to be written at once; the hello must offer a TLS 1.3 suite and one of our groups.
     *
     * @param noise for this flight alone
     */
    public byte[] flight(ClientHello hello, RandomSource noise) {
        // X25519 whenever it was offered: its flight fits one segment on every path, and every client takes it.
        KeyShareGroup group =
                hello.sharesKey(KeyShareGroup.X25519) ? KeyShareGroup.X25519 : KeyShareGroup.X25519_MLKEM768;
        int encrypted = encryptedBytes + noise.between(-VARIATION_BYTES, VARIATION_BYTES);
        return ServerHelloFlight.write(
                hello,
                key,
                new ServerHelloFlight.Parameters(
                        hello.preferredTls13Suite().orElseThrow(),
                        group,
                        keyExchange(group, noise),
                        ExtensionOrder.KEY_SHARE_FIRST,
                        noise.bytes(encrypted)));
    }

    /** A real curve point; what stands before it in the hybrid group is a ciphertext and looks like noise anyway. */
    private byte[] keyExchange(KeyShareGroup group, RandomSource noise) {
        byte[] share = noise.bytes(group.serverShareBytes());
        byte[] point = keyShares.next();
        System.arraycopy(point, 0, share, share.length - point.length, point.length);
        return share;
    }
}
