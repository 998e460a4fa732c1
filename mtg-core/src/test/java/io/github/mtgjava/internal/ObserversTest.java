package io.github.mtgjava.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoMoreInteractions;

import ch.qos.logback.classic.Level;
import io.github.mtgjava.LinkCloseReason;
import io.github.mtgjava.LinkFailureReason;
import io.github.mtgjava.ProxyStats;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.spi.Admission;
import io.github.mtgjava.spi.Ending;
import io.github.mtgjava.spi.ProxyObserver;
import io.github.mtgjava.testkit.ManualTicker;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.InOrder;

class ObserversTest {

    private static final InetSocketAddress ADDRESS = new InetSocketAddress("192.0.2.1", 443);
    private static final Supplier<ProxyStats> STATS = () -> {
        throw new AssertionError("nobody asked");
    };
    private static final Admission ADMISSION = mock(Admission.class);
    private static final Ending ENDING = mock(Ending.class);
    private static final Throwable FAULT = new IllegalStateException("a fault");

    private static final List<Consumer<ProxyObserver>> EVENTS = List.of(
            observer -> observer.started(STATS),
            observer -> observer.accepted(1, ADDRESS),
            observer -> observer.handshakeDone(ADMISSION),
            observer -> observer.replayDetected(1, ADDRESS),
            observer -> observer.refused(1, ADDRESS, RefusalReason.REPLAY),
            observer -> observer.cloaked(1, RefusalReason.BAD_DIGEST),
            observer -> observer.cloakEnded(1, RefusalReason.BAD_DIGEST, 2, 3, Duration.ofNanos(4)),
            observer -> observer.cloakFailed(1, RefusalReason.BAD_DIGEST, Duration.ofNanos(2)),
            observer -> observer.telegramConnected(1, 2, ADDRESS, Duration.ofNanos(3)),
            observer -> observer.telegramConnectFailed(1, 2, ADDRESS, Duration.ofNanos(3)),
            observer -> observer.closed(ENDING),
            observer -> observer.linkOpened(1, -2, ADDRESS, Duration.ofNanos(3)),
            observer -> observer.linkFailed(-2, ADDRESS, LinkFailureReason.KEYS, Duration.ofNanos(3)),
            observer -> observer.linkClosed(1, -2, LinkCloseReason.RESET, 4, Duration.ofNanos(5)),
            observer -> observer.crashed(FAULT),
            ProxyObserver::stopped);

    private static final List<Consumer<ProxyObserver>> AFTER_THE_START = EVENTS.subList(1, EVENTS.size());

    private final LogRecorder log = LogRecorder.of(Observers.class, GuardedObserver.class);
    private final ProxyObserver first = mock(ProxyObserver.class);
    private final ProxyObserver last = mock(ProxyObserver.class);

    @AfterEach
    void stopRecording() {
        log.close();
    }

    private static Observers observers(ProxyObserver... observers) {
        return new Observers(List.of(observers), new ManualTicker());
    }

    private static ProxyObserver throwing(Throwable failure) {
        return mock(ProxyObserver.class, call -> {
            throw failure;
        });
    }

    @Test
    void tellsEveryEventToEveryObserverInOrder() {
        Observers observers = observers(first, last);
        InOrder inOrder = inOrder(first, last);
        for (Consumer<ProxyObserver> event : EVENTS) {
            event.accept(observers);
            event.accept(inOrder.verify(first));
            event.accept(inOrder.verify(last));
        }
        verifyNoMoreInteractions(first, last);
        assertThat(observers.failures()).isZero();
    }

    @Test
    void passesOnEveryEventThatThereIs() {
        Stream<Method> events = Arrays.stream(ProxyObserver.class.getMethods()).filter(Method::isDefault);
        assertThat(events)
                .hasSize(EVENTS.size())
                .allSatisfy(event -> assertThat(Observers.class.getMethod(event.getName(), event.getParameterTypes()))
                        .extracting(Method::getDeclaringClass)
                        .isEqualTo(Observers.class));
    }

    static Stream<Throwable> failures() {
        return Stream.of(new IllegalArgumentException("a bug"), new AssertionError("a worse one"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void countsWhatOneThrowsAndStillTellsTheOthers(Throwable failure) {
        ProxyObserver bad = throwing(failure);
        Observers observers = observers(first, bad, last);
        AFTER_THE_START.forEach(event -> event.accept(observers));
        InOrder inOrder = inOrder(first, last);
        for (Consumer<ProxyObserver> event : AFTER_THE_START) {
            event.accept(inOrder.verify(first));
            event.accept(inOrder.verify(last));
        }
        assertThat(observers.failures()).isEqualTo(AFTER_THE_START.size());
        assertThat(log.messages(Level.WARN))
                .singleElement()
                .asString()
                .contains(bad.getClass().toString());
    }

    @Test
    void logsTheFailuresOfEachObserver() {
        ProxyObserver failsWhenAccepting = new ProxyObserver() {
            @Override
            public void accepted(long connection, InetSocketAddress client) {
                throw new UnsupportedOperationException("never learnt it");
            }
        };
        Observers observers = observers(failsWhenAccepting, throwing(new IllegalStateException()));
        for (int i = 0; i < 10; i++) {
            observers.accepted(i, ADDRESS);
        }
        assertThat(observers.failures()).isEqualTo(20);
        assertThat(log.messages(Level.WARN)).hasSize(2);
    }

    @Test
    void countsFaultsAndLogsTheFirstOfEachKind() {
        Observers observers = observers(first);
        observers.crashed(FAULT);
        observers.crashed(new IllegalStateException("another"));
        observers.crashed(new OutOfMemoryError("of another kind"));
        assertThat(observers.crashes()).isEqualTo(3);
        assertThat(observers.failures()).isZero();
        assertThat(log.messages(Level.ERROR)).hasSize(2);
    }

    @Test
    void needsNoObserver() {
        Observers observers = observers();
        EVENTS.forEach(event -> event.accept(observers));
        assertThat(observers.failures()).isZero();
        assertThat(observers.crashes()).isEqualTo(1);
    }
}
