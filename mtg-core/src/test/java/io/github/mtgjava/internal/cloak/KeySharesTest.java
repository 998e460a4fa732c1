package io.github.mtgjava.internal.cloak;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.crypto.X25519;
import io.github.mtgjava.crypto.X25519KeyStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KeySharesTest {

    @Test
    void aKeyIsHandedOutOnceWhetherItWasMadeAheadOrNot() throws InterruptedException {
        try (KeyShares shares = new KeyShares(RandomSource.secure())) {
            Set<String> seen = new HashSet<>();
            assertThat(shares.next()).hasSize(X25519.KEY_BYTES);
            shares.start();
            awaitReady(shares, 20);
            for (int i = 0; i < 100; i++) {
                seen.add(HexFormat.of().formatHex(shares.next()));
            }
            assertThat(seen).hasSize(100);
        }
    }

    @Test
    void makesThemOfTheGivenRandomness() throws InterruptedException {
        try (KeyShares shares = new KeyShares(new Random(1)::nextBytes)) {
            shares.start();
            awaitReady(shares, 1);
            assertThat(shares.next())
                    .isEqualTo(
                            new X25519KeyStream(new Random(1)::nextBytes).next().get(0));
        }
    }

    @Test
    void withoutDecentRandomnessEachIsMadeByItself() {
        byte[] scalar = new byte[32];
        scalar[5] = 7;
        RandomSource always = target -> System.arraycopy(scalar, 0, target, 0, target.length);
        try (KeyShares shares = new KeyShares(always)) {
            shares.start();
            assertThat(shares.next()).isEqualTo(X25519.publicKey(scalar));
        }
    }

    @Test
    void withoutRandomnessNoneIsMadeAhead() {
        RandomSource exhausted = target -> {
            throw new IllegalStateException("no randomness left");
        };
        try (KeyShares shares = new KeyShares(exhausted)) {
            shares.start();
            assertThat(shares.ready()).isZero();
        }
    }

    private static void awaitReady(KeyShares shares, int count) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (shares.ready() < count) {
            assertThat(System.nanoTime() - deadline).as("in time").isNegative();
            Thread.sleep(1);
        }
    }
}
