package io.github.mtgjava.examples.load;

import io.github.mtgjava.Secret;
import io.github.mtgjava.SecretType;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The proxy to measure, and how its clients speak to it. Confined to the clients' loop. */
final class Target {

    private final InetSocketAddress address;
    private final String mode;
    private final byte[] secretKey;
    private final int dc;
    private final int recordBytes;
    private final Check check;
    // Seeded with true randomness, so that no run repeats handshakes; secure numbers would only cost time.
    private final Random random = new Random(new SecureRandom().nextLong());
    private final @Nullable HelloMaker hellos;

    /**
     * With the DC to ask for.
     *
     * @param recordBytes payload of the longest FakeTLS record, 64 to 16384; other modes have no records
     */
    Target(InetSocketAddress address, Secret secret, int dc, int recordBytes, Check check) {
        this.address = address;
        this.mode = secret.type().name().toLowerCase(Locale.ROOT);
        this.secretKey = secret.key();
        this.dc = dc;
        this.recordBytes = secret.type() == SecretType.TLS ? recordBytes : 0;
        this.check = check;
        this.hellos = secret.host()
                .map(host -> new HelloMaker(random, secretKey, host))
                .orElse(null);
    }

    private Target(InetSocketAddress address, int dc, Check check) {
        this.address = address;
        this.mode = "direct";
        this.secretKey = new byte[0];
        this.dc = dc;
        this.recordBytes = 0;
        this.check = check;
        this.hellos = null;
    }

    /** The DC itself, or something before it that passes bytes on as they are. */
    static Target direct(InetSocketAddress address, int dc, Check check) {
        return new Target(address, dc, check);
    }

    InetSocketAddress address() {
        return address;
    }

    /** In a word. */
    String mode() {
        return mode;
    }

    byte[] secretKey() {
        return secretKey;
    }

    /** Payload of the longest record, 0 if there are no records. */
    int recordBytes() {
        return recordBytes;
    }

    Check check() {
        return check;
    }

    /** A new frame. */
    Frame frame() {
        return Frame.draw(random, secretKey, dc);
    }

    /** What makes ClientHellos; null if the mode has none. */
    @Nullable
    HelloMaker hellos() {
        return hellos;
    }
}
