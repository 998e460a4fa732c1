package io.github.mtgjava.internal.session;

import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.spi.ReplayCache;
import io.github.mtgjava.transport.nio.EventLoop;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Asks the replay cache about a handshake and goes on, on the session's loop, when it answers: at once if it knows at
 * once. The handshake's deadline runs meanwhile. A cache that fails counts as one that has seen the handshake.
 */
final class ReplayClaim {

    /** First byte of an obfuscated2 key. */
    static final byte OBFUSCATED2 = 0;

    /** First byte of a FakeTLS key. */
    static final byte FAKE_TLS = 1;

    private ReplayClaim() {}

    static void start(Handshake phase, byte kind, byte[] key, Runnable whenFresh) {
        byte[] claimed = new byte[1 + key.length];
        claimed[0] = kind;
        System.arraycopy(key, 0, claimed, 1, key.length);
        EventLoop loop = phase.session.loop();
        ask(phase.session.context().config().replayCache(), claimed).whenComplete((fresh, failure) -> {
            Boolean verdict = failure == null ? fresh : null;
            if (loop.inEventLoop()) {
                onAnswer(phase, verdict, whenFresh);
            } else {
                loop.execute(() -> onAnswer(phase, verdict, whenFresh));
            }
        });
    }

    /** Whatever a cache does wrong becomes a failed stage. */
    private static CompletionStage<Boolean> ask(ReplayCache cache, byte[] key) {
        try {
            return Objects.requireNonNull(cache.claim(key), "a replay cache has to answer");
        } catch (Throwable failure) {
            return CompletableFuture.failedStage(failure);
        }
    }

    private static void onAnswer(Handshake phase, @Nullable Boolean fresh, Runnable whenFresh) {
        Session session = phase.session;
        session.guard(() -> {
            if (!session.isIn(phase)) {
                // The deadline or the client's end came first.
                return;
            }
            if (fresh == null) {
                phase.refuse(RefusalReason.REPLAY_CACHE_FAILED);
            } else if (fresh) {
                whenFresh.run();
            } else {
                session.context().observers().replayDetected(session.id(), session.clientAddress());
                phase.refuse(RefusalReason.REPLAY);
            }
        });
    }
}
