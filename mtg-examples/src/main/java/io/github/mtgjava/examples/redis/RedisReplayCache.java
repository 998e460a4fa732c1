package io.github.mtgjava.examples.redis;

import io.github.mtgjava.spi.ReplayCache;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * A replay cache in Redis or Valkey, for several proxies with one secret: a handshake recorded at one of them is worth
 * nothing at the others.
 *
 * <p>A claim is one command, {@code SET key 1 NX PX lifetime}. Redis carries commands out one after the other, so that of
 * two claims of one key, at whatever proxies, one succeeds; "look, then add" would let both in.
 *
 * <p>It <b>fails closed</b>: while Redis is away, full, a read-only replica, or too slow, claims fail, and the proxy takes
 * its clients for replays. That is the price of never letting a prober in. Claims fail at once while there is no connection,
 * otherwise within two seconds; nothing is kept for Redis to come back, and the connection is made anew by itself.
 *
 * <p>Never blocks; any thread. To be closed after the proxies that use it have stopped.
 */
public final class RedisReplayCache implements ReplayCache, AutoCloseable {

    /** How long keys live that nobody says anything about. */
    public static final Duration DEFAULT_LIFETIME = Duration.ofDays(7);

    /** What keys begin with that nobody says anything about. */
    public static final String DEFAULT_PREFIX = "mtg:replay:";

    private static final int HASH_BYTES = 16;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final RedisLine line;
    private final String prefix;
    private final SetArgs claim;

    /**
     * Connects in the background, and goes on trying: Redis need not be there yet.
     *
     * @param uri a single server, or sentinels; {@code rediss://} for TLS
     * @param prefix of every key, in ASCII; proxies share what they remember if they share prefix and database
     * @param lifetime of a key, at least a second. The longer the better, as far as Redis has the memory: the time in a
     *     recorded FakeTLS hello can be moved by whoever recorded it, and an obfuscated2 handshake has none, so that a recording
     *     is good again as soon as it is forgotten, however old
     */
    public RedisReplayCache(RedisURI uri, String prefix, Duration lifetime) {
        this(uri, prefix, lifetime, Limits.DEFAULTS);
    }

    RedisReplayCache(RedisURI uri, String prefix, Duration lifetime, Limits limits) {
        if (lifetime.toSeconds() < 1) {
            throw new IllegalArgumentException("lifetime: less than a second: " + lifetime);
        }
        this.prefix = prefix;
        claim = SetArgs.Builder.nx().px(lifetime.toMillis());
        line = new RedisLine(uri, limits);
    }

    @Override
    public CompletionStage<Boolean> claim(byte[] key) {
        return line.set(name(key), claim).thenApply("OK"::equals);
    }

    /**
     * Whether claims are answered now: makes one of a key of its own; the stage fails if not. Asking Redis for
     * less, as by {@code PING}, would not tell that it is full, or a replica.
     */
    CompletionStage<Boolean> check() {
        return line.set(
                        prefix + "check:" + UUID.randomUUID(),
                        SetArgs.Builder.nx().px(1000))
                .thenApply("OK"::equals);
    }

    /**
     * A hash: keys hold what ciphers of recorded connections are made of, which is nobody's business at Redis, and the
     * longer ones would take three times the memory.
     */
    private String name(byte[] key) {
        return prefix + BASE64.encodeToString(Arrays.copyOf(sha256(key), HASH_BYTES));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** Disconnects; claims fail from now on. */
    @Override
    public void close() {
        line.close();
    }
}
