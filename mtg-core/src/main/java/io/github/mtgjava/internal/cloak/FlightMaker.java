package io.github.mtgjava.internal.cloak;

import io.github.mtgjava.crypto.MlKem768;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.transport.faketls.ClientHello;
import io.github.mtgjava.transport.faketls.ExtensionOrder;
import io.github.mtgjava.transport.faketls.KeyShareGroup;
import io.github.mtgjava.transport.faketls.ServerHelloFlight;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes the flights that answer authenticated hellos: as the cloaked site would answer, as far as the client offered that.
 * While nothing is known of the site, with the client's favourite suite and an encrypted part whose size is drawn once per
 * proxy and varies by a few bytes, as a real host's does. Thread-safe.
 */
public final class FlightMaker {

    private static final int MIN_ENCRYPTED_BYTES = 2500;
    private static final int MAX_ENCRYPTED_BYTES = 4699;
    private static final int VARIATION_BYTES = 2;

    private final KeyShares keyShares;
    private final @Nullable OriginProfiler site;
    private final int encryptedBytes;

    /**
     * With a random source that draws what is the same for all flights.
     *
     * @param site to look like; null if there is none
     */
    public FlightMaker(RandomSource random, KeyShares keyShares, @Nullable OriginProfiler site) {
        this.keyShares = keyShares;
        this.site = site;
        this.encryptedBytes = random.between(MIN_ENCRYPTED_BYTES, MAX_ENCRYPTED_BYTES);
    }

    /**
     * The whole flight, to be written at once; the hello must offer a TLS 1.3 suite and one of our groups.
     *
     * @param key of the secret that authenticated the hello
     * @param noise for this flight alone
     */
    public byte[] flight(ClientHello hello, byte[] key, RandomSource noise) {
        OriginProfile profile = site == null ? null : site.current();
        KeyShareGroup group = group(hello, profile);
        return ServerHelloFlight.write(
                hello,
                key,
                new ServerHelloFlight.Parameters(
                        suite(hello, profile),
                        group,
                        keyExchange(hello, group, noise),
                        profile == null ? ExtensionOrder.KEY_SHARE_FIRST : profile.order(),
                        noise.bytes(encryptedBytes(profile, noise))));
    }

    private static int suite(ClientHello hello, @Nullable OriginProfile profile) {
        return profile != null && hello.offersSuite(profile.cipherSuite())
                ? profile.cipherSuite()
                : hello.preferredTls13Suite().orElseThrow();
    }

    /** By default X25519 wherever it was offered: its flight fits one segment on every path. */
    private static KeyShareGroup group(ClientHello hello, @Nullable OriginProfile profile) {
        boolean hybridFirst = profile != null && profile.group() == KeyShareGroup.X25519_MLKEM768.code();
        KeyShareGroup first = hybridFirst ? KeyShareGroup.X25519_MLKEM768 : KeyShareGroup.X25519;
        KeyShareGroup second = hybridFirst ? KeyShareGroup.X25519 : KeyShareGroup.X25519_MLKEM768;
        return hello.sharesKey(first) ? first : second;
    }

    private int encryptedBytes(@Nullable OriginProfile profile, RandomSource noise) {
        return profile == null
                ? encryptedBytes + noise.between(-VARIATION_BYTES, VARIATION_BYTES)
                : profile.drawEncryptedBytes(noise);
    }

    /** A real curve point, in the hybrid group behind an ML-KEM ciphertext. */
    private byte[] keyExchange(ClientHello hello, KeyShareGroup group, RandomSource noise) {
        byte[] point = keyShares.next();
        if (group == KeyShareGroup.X25519) {
            return point;
        }
        byte[] clientKey = Arrays.copyOf(hello.keyShare(group).orElseThrow(), MlKem768.PUBLIC_KEY_BYTES);
        byte[] share = Arrays.copyOf(MlKem768.ciphertext(clientKey, noise), group.serverShareBytes());
        System.arraycopy(point, 0, share, MlKem768.CIPHERTEXT_BYTES, point.length);
        return share;
    }
}
