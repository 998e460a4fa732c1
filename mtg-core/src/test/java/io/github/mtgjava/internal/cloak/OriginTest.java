package io.github.mtgjava.internal.cloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.github.mtgjava.internal.LogRecorder;
import io.github.mtgjava.testkit.ManualTicker;
import io.github.mtgjava.transport.nio.BufferBudget;
import io.github.mtgjava.transport.nio.EventLoop;
import io.github.mtgjava.transport.nio.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OriginTest {

    private static final InetSocketAddress TARGET = InetSocketAddress.createUnresolved("origin.test", 443);
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final LogRecorder log = LogRecorder.of(Origin.class);
    /** It starts where a careless comparison of two times would fail. */
    private final ManualTicker ticker =
            new ManualTicker(Long.MAX_VALUE - Duration.ofSeconds(30).toNanos());
    /** Look-ups that wait for a background thread, which is this test. */
    private final ArrayDeque<Runnable> background = new ArrayDeque<>();

    private final List<String> asked = new ArrayList<>();
    private final AtomicReference<Throwable> loopFailure = new AtomicReference<>();
    private Answer answer = () -> List.of(ip("192.0.2.1"));
    private EventLoop loop;

    private interface Answer {
        List<InetAddress> get() throws UnknownHostException;
    }

    @BeforeEach
    void startLoop() throws IOException {
        loop = new EventLoop("origin-test", Ticker.system(), loopFailure::set, BufferBudget.unlimited());
        loop.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        loop.shutdown();
        assertThat(loop.join(20_000)).isTrue();
        log.close();
        assertThat(loopFailure.get()).isNull();
    }

    private static InetAddress ip(String literal) {
        return new InetSocketAddress(literal, 1).getAddress();
    }

    private static InetSocketAddress at(String literal) {
        return new InetSocketAddress(literal, 443);
    }

    private Origin origin(InetSocketAddress target) {
        return origin(target, true);
    }

    private Origin origin(InetSocketAddress target, boolean mayBePrivate) {
        return new Origin(
                target,
                host -> {
                    asked.add(host);
                    return answer.get();
                },
                background::add,
                ticker,
                address -> address.getAddress().isLoopbackAddress(),
                mayBePrivate);
    }

    private CompletableFuture<List<InetSocketAddress>> ask(Origin origin) {
        CompletableFuture<List<InetSocketAddress>> told = new CompletableFuture<>();
        CompletableFuture<Void> asking = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                origin.lookUp(loop, addresses -> {
                    assertThat(loop.inEventLoop()).isTrue();
                    told.complete(addresses);
                });
                asking.complete(null);
            } catch (Throwable failure) {
                asking.completeExceptionally(failure);
            }
        });
        asking.orTimeout(20, TimeUnit.SECONDS).join();
        return told;
    }

    private static List<InetSocketAddress> told(CompletableFuture<List<InetSocketAddress>> answer) {
        return answer.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private void runBackground() {
        background.remove().run();
        assertThat(background).isEmpty();
    }

    private Origin known() {
        Origin origin = origin(TARGET);
        origin.prefetch();
        runBackground();
        return origin;
    }

    @Test
    void looksUpOnceForAllWhoWait() {
        Origin origin = origin(TARGET);
        CompletableFuture<List<InetSocketAddress>> first = ask(origin);
        CompletableFuture<List<InetSocketAddress>> second = ask(origin);
        assertThat(background).hasSize(1);
        assertThat(first).isNotDone();
        runBackground();
        assertThat(told(first)).containsExactly(at("192.0.2.1"));
        assertThat(told(second)).containsExactly(at("192.0.2.1"));
        assertThat(asked).containsExactly("origin.test");
    }

    @Test
    void answersAtOnceForAMinute() {
        Origin origin = known();
        assertThat(ask(origin)).isCompletedWithValue(List.of(at("192.0.2.1")));
        ticker.advance(FRESH);
        assertThat(ask(origin)).isCompletedWithValue(List.of(at("192.0.2.1")));
        assertThat(background).isEmpty();
    }

    @Test
    void servesTheStaleAnswerWhileLookingUpAgain() {
        Origin origin = known();
        answer = () -> List.of(ip("192.0.2.2"), ip("2001:db8::2"));
        ticker.advance(FRESH.plusNanos(1));
        assertThat(ask(origin)).isCompletedWithValue(List.of(at("192.0.2.1")));
        assertThat(ask(origin)).isCompletedWithValue(List.of(at("192.0.2.1")));
        runBackground();
        assertThat(ask(origin)).isCompletedWithValue(List.of(at("192.0.2.2"), at("2001:db8::2")));
        assertThat(background).isEmpty();
    }

    @Test
    void keepsTheLastGoodAnswerWhenLookingUpFails() {
        Origin origin = known();
        for (Answer bad : List.<Answer>of(OriginTest::unknown, OriginTest::broken, List::of, () -> null)) {
            answer = bad;
            ticker.advance(FRESH.plusNanos(1));
            assertThat(ask(origin)).isCompletedWithValue(List.of(at("192.0.2.1")));
            runBackground();
            assertThat(ask(origin)).isCompletedWithValue(List.of(at("192.0.2.1")));
            runBackground();
        }
    }

    private static List<InetAddress> unknown() throws UnknownHostException {
        throw new UnknownHostException("origin.test");
    }

    private static List<InetAddress> broken() {
        throw new IllegalStateException("a resolver with a bug");
    }

    @Test
    void tellsNothingUntilTheFirstSuccessAndThenRecovers() {
        Origin origin = origin(TARGET);
        answer = OriginTest::unknown;
        CompletableFuture<List<InetSocketAddress>> failed = ask(origin);
        runBackground();
        assertThat(told(failed)).isEmpty();
        answer = () -> List.of(ip("192.0.2.1"));
        CompletableFuture<List<InetSocketAddress>> retried = ask(origin);
        runBackground();
        assertThat(told(retried)).containsExactly(at("192.0.2.1"));
    }

    @Test
    void warnsOnceWhileLookingUpFailsAndAgainAfterASuccess() {
        Origin origin = origin(TARGET);
        Answer good = answer;
        for (Answer next : List.<Answer>of(OriginTest::unknown, OriginTest::unknown, good, OriginTest::unknown)) {
            answer = next;
            origin.prefetch();
            runBackground();
        }
        assertThat(log.messages(Level.WARN))
                .hasSize(2)
                .allSatisfy(
                        message -> assertThat(message).contains("origin.test").contains("DNS"));
    }

    @Test
    void leavesOutAddressesThatLeadBack() {
        answer = () -> List.of(ip("127.0.0.1"), ip("192.0.2.1"), ip("::1"));
        assertThat(ask(known())).isCompletedWithValue(List.of(at("192.0.2.1")));
        assertThat(log.messages(Level.WARN)).singleElement().asString().contains("origin.test");
    }

    @Test
    void knowsNoAddressIfAllLeadBack() {
        answer = () -> List.of(ip("127.0.0.1"));
        assertThat(ask(known())).isCompletedWithValue(List.of());
    }

    @Test
    void leavesOutPrivateNetworksUnlessSomebodyWantsThem() {
        answer = () -> List.of(ip("10.0.0.1"), ip("192.0.2.1"), ip("169.254.169.254"), ip("fd00::1"));
        CompletableFuture<List<InetSocketAddress>> guarded = ask(origin(TARGET, false));
        runBackground();
        assertThat(told(guarded)).containsExactly(at("192.0.2.1"));
        assertThat(log.messages(Level.WARN)).singleElement().asString().contains("origin.test", "private network");
        CompletableFuture<List<InetSocketAddress>> wanted = ask(origin(TARGET, true));
        runBackground();
        assertThat(told(wanted)).hasSize(4);
    }

    @Test
    void keepsTheLastGoodAnswerWhenNoneOfTheNextIsOfUse() {
        Origin origin = origin(TARGET, false);
        origin.prefetch();
        runBackground();
        for (String useless : List.of("10.10.34.34", "127.0.0.1")) {
            answer = () -> List.of(ip(useless));
            ticker.advance(FRESH.plusNanos(1));
            assertThat(ask(origin)).isCompletedWithValue(List.of(at("192.0.2.1")));
            runBackground();
            assertThat(ask(origin)).isCompletedWithValue(List.of(at("192.0.2.1")));
        }
        answer = () -> List.of(ip("192.0.2.2"));
        ticker.advance(FRESH.plusNanos(1));
        ask(origin);
        runBackground();
        assertThat(ask(origin)).isCompletedWithValue(List.of(at("192.0.2.2")));
    }

    @Test
    void looksNothingUpForAnAddress() {
        Origin origin = origin(at("192.0.2.9"));
        CompletableFuture<List<InetSocketAddress>> first = ask(origin);
        runBackground();
        assertThat(told(first)).containsExactly(at("192.0.2.9"));
        assertThat(asked).isEmpty();
    }

    @Test
    void doesNotUseAnAddressThatLeadsBack() {
        CompletableFuture<List<InetSocketAddress>> first = ask(origin(at("127.0.0.1")));
        runBackground();
        assertThat(told(first)).isEmpty();
    }

    /** As when the proxy is being stopped, or the system grants no thread: the latter passes. */
    @ParameterizedTest
    @MethodSource("refusals")
    void looksUpAgainAfterABackgroundThreadWasRefused(Throwable failure) {
        List<Runnable> accepted = new ArrayList<>();
        AtomicReference<Throwable> refusal = new AtomicReference<>(failure);
        Origin origin = new Origin(
                TARGET,
                host -> List.of(ip("192.0.2.1")),
                task -> {
                    Throwable refused = refusal.getAndSet(null);
                    if (refused instanceof Error error) {
                        throw error;
                    }
                    if (refused instanceof RuntimeException exception) {
                        throw exception;
                    }
                    accepted.add(task);
                },
                ticker,
                address -> false,
                true);
        if (failure instanceof RejectedExecutionException) {
            assertThat(told(ask(origin))).isEmpty();
        } else {
            assertThatThrownBy(() -> ask(origin)).hasRootCause(failure);
        }
        CompletableFuture<List<InetSocketAddress>> retried = ask(origin);
        assertThat(accepted).hasSize(1);
        accepted.get(0).run();
        assertThat(told(retried)).containsExactly(at("192.0.2.1"));
    }

    static Stream<Throwable> refusals() {
        return Stream.of(new RejectedExecutionException("stopping"), new OutOfMemoryError("no thread, on purpose"));
    }
}
