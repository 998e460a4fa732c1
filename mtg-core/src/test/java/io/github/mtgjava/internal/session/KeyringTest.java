package io.github.mtgjava.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.mtgjava.Secret;
import io.github.mtgjava.SecretType;
import io.github.mtgjava.testkit.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyringTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration NANO = Duration.ofNanos(1);

    private static final Secret A = Secret.parse("ddaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    private static final Secret B = Secret.parse("ddbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb");
    private static final Secret C = Secret.parse("ddcccccccccccccccccccccccccccccccc");
    private static final Secret D = Secret.parse("dddddddddddddddddddddddddddddddddd");
    private static final Secret E = Secret.parse("ddeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee");

    private final Keyring keyring = new Keyring(A);
    private ManualTicker ticker = new ManualTicker();

    private boolean change(Secret next, Duration overlap) {
        return keyring.change(next, overlap, ticker.nanos());
    }

    private void assertValid(Secret... latestFirst) {
        assertThat(keyring.current()).isEqualTo(latestFirst[0]);
        assertThat(keyring.valid(ticker.nanos()))
                .containsExactly(List.of(latestFirst).stream().map(Secret::key).toArray(byte[][]::new));
    }

    @Test
    void startsWithOneSecret() {
        assertValid(A);
        assertThat(keyring.type()).isEqualTo(SecretType.SECURED);
        assertThat(keyring.host()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000_000_000L, Long.MAX_VALUE - 1, Long.MAX_VALUE, Long.MIN_VALUE, -1})
    void hasBothWorkUntilTheOverlapHasPassedWhateverTheClockStandsAt(long start) {
        ticker = new ManualTicker(start);
        assertThat(change(B, HOUR)).isTrue();
        assertValid(B, A);
        ticker.advance(HOUR.minus(NANO));
        assertValid(B, A);
        ticker.advance(NANO);
        assertValid(B);
    }

    @Test
    void endsTheOldOneAtOnceWithoutAnOverlap() {
        assertThat(change(B, Duration.ZERO)).isTrue();
        assertValid(B);
        assertThat(keyring.valid(ticker.nanos() - 1))
                .as("also for who looks at an older clock")
                .hasSize(1);
    }

    @Test
    void keepsEveryOneUntilItsOwnEnd() {
        change(B, HOUR.multipliedBy(3));
        change(C, HOUR);
        change(D, HOUR.multipliedBy(2));
        assertValid(D, C, B, A);
        ticker.advance(HOUR);
        assertValid(D, C, A);
        ticker.advance(HOUR);
        assertValid(D, A);
        ticker.advance(HOUR);
        assertValid(D);
    }

    @Test
    void withoutAnOverlapTheNewOneWorksAlone() {
        change(B, HOUR);
        change(C, Duration.ZERO);
        assertValid(C);
    }

    @Test
    void endsAllOthersForTheCurrentOneWithoutAnOverlap() {
        change(B, HOUR);
        assertThat(change(B, Duration.ZERO)).isTrue();
        assertValid(B);
        assertThat(change(B, Duration.ZERO)).isFalse();
        change(C, HOUR);
        ticker.advance(HOUR);
        assertThat(change(C, Duration.ZERO)).as("there was none left").isFalse();
    }

    @Test
    void dropsTheOldestOfMoreThanFour() {
        change(B, HOUR.multipliedBy(9));
        change(C, HOUR);
        change(D, HOUR);
        assertValid(D, C, B, A);
        change(E, HOUR);
        assertValid(E, D, C, B);
    }

    @Test
    void countsNoneThatHasEndedAmongTheFour() {
        change(B, HOUR.multipliedBy(9));
        change(C, HOUR);
        change(D, HOUR);
        ticker.advance(HOUR);
        change(E, HOUR);
        assertValid(E, D, A);
    }

    @Test
    void makesOneThatStillWorksTheCurrentOneAgain() {
        change(B, HOUR);
        change(C, HOUR.multipliedBy(2));
        assertThat(change(A, HOUR.multipliedBy(3))).isTrue();
        assertValid(A, C, B);
        ticker.advance(HOUR.multipliedBy(3));
        assertValid(A);
    }

    @Test
    void changesNothingWhenItIsTheCurrentOneAlready() {
        assertThat(change(A, HOUR)).isFalse();
        assertValid(A);
        change(B, HOUR);
        ticker.advance(HOUR.minus(NANO));
        assertThat(change(Secret.parse(B.hex()), HOUR)).isFalse();
        assertValid(B, A);
        ticker.advance(NANO);
        assertValid(B);
    }

    @Test
    void bringsOneBackThatHasEnded() {
        change(B, HOUR);
        ticker.advance(HOUR);
        assertThat(change(A, HOUR)).isTrue();
        assertValid(A, B);
    }

    @Test
    void holdsNoneThatHasEndedOnceSomebodyLookedOrItIsReplaced() {
        change(B, HOUR);
        ticker.advance(HOUR);
        assertThat(keyring).as("nobody has looked yet").hasToString("Keys[2, redacted]");
        keyring.valid(ticker.nanos());
        assertThat(keyring).hasToString("Keys[1, redacted]");
        change(C, HOUR);
        ticker.advance(HOUR);
        change(D, Duration.ZERO);
        assertThat(keyring).hasToString("Keys[1, redacted]");
    }

    @Test
    void makesNothingForAHandshakeWhileNothingChanges() {
        change(B, HOUR);
        assertThat(keyring.valid(ticker.nanos())).isSameAs(keyring.valid(ticker.nanos() + 1));
    }

    @Test
    void refusesAnotherType() {
        for (Secret other : List.of(Secret.parse(A.keyHex()), Secret.generateTls("origin.test"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> change(other, HOUR))
                    .withMessageContaining("but the proxy runs with one that is secured: that takes a restart")
                    .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain(other.keyHex()));
        }
        assertValid(A);
    }

    @Test
    void refusesAnotherHost() {
        Secret first = Secret.generateTls("origin.test");
        Keyring tls = new Keyring(first);
        assertThat(tls.host()).contains("origin.test");
        assertThat(tls.change(Secret.generateTls("Origin.Test"), HOUR, 0)).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tls.change(Secret.generateTls("other.test"), HOUR, 0))
                .withMessage("secret: it is for other.test, but the proxy runs with one for origin.test:"
                        + " that takes a restart");
        assertThat(tls.valid(0)).hasSize(2);
    }

    /** Whoever looks always sees the latest ones, and no change is lost to another or to a look. */
    @Test
    void takesChangesAndLooksFromAnyThread() throws Exception {
        int threads = 4;
        int rounds = 2_000;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch together = new CountDownLatch(threads);
            List<Future<?>> changers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                changers.add(pool.submit(() -> {
                    together.countDown();
                    together.await();
                    for (int round = 0; round < rounds; round++) {
                        Secret mine = Secret.generate(SecretType.SECURED);
                        // Always ended when the others look, who then drop what they see.
                        keyring.change(mine, NANO, round);
                        assertThat(keyring.valid(round + 1L)).isNotEmpty().hasSizeLessThanOrEqualTo(Keys.MAX_SECRETS);
                    }
                    return null;
                }));
            }
            for (Future<?> changer : changers) {
                changer.get(60, TimeUnit.SECONDS);
            }
            assertThat(keyring.valid(rounds + 1L))
                    .containsExactly(keyring.current().key());
        } finally {
            pool.shutdownNow();
        }
    }
}
