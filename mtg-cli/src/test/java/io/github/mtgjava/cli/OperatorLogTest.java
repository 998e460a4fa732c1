package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.mtgjava.CloseReason;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.spi.Ending;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

class OperatorLogTest {

    private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.1", 5);

    private final Logger logger = (Logger) LoggerFactory.getLogger(OperatorLog.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final OperatorLog log = new OperatorLog(now::get);

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        logger.setAdditive(false);
    }

    @AfterEach
    void forget() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
    }

    private List<String> written() {
        return lines.list.stream()
                .map(line -> String.join(
                        " ",
                        line.getKeyValuePairs().stream().map(Object::toString).toList()))
                .toList();
    }

    @Test
    void warnsAtOnceAndThenOnceAMinuteWithTheCount() {
        for (int i = 0; i < 1_000; i++) {
            log.refused(i, CLIENT, RefusalReason.CLOCK_SKEW);
        }
        now.addAndGet(OperatorLog.PAUSE.toNanos() - 1);
        log.refused(0, CLIENT, RefusalReason.CLOCK_SKEW);
        now.addAndGet(1);
        log.refused(0, CLIENT, RefusalReason.CLOCK_SKEW);
        assertThat(written())
                .containsExactly(
                        "event=\"clock_skew\" reason=\"clock_skew\" count=\"1\"",
                        "event=\"clock_skew\" reason=\"clock_skew\" count=\"1001\"");
        assertThat(lines.list)
                .allMatch(line -> line.getLevel() == Level.WARN)
                .allMatch(line -> line.getFormattedMessage().contains("--time-skew"));
    }

    @Test
    void countsEveryKindForItself() {
        log.refused(1, CLIENT, RefusalReason.REPLAY);
        log.closed(ending(CloseReason.TELEGRAM_UNREACHABLE));
        log.cloakFailed(3, RefusalReason.NOT_TLS, Duration.ZERO);
        log.crashed(new IllegalStateException());
        log.refused(4, CLIENT, RefusalReason.REPLAY);
        assertThat(written())
                .containsExactly(
                        "event=\"replay\" reason=\"replay\" count=\"1\"",
                        "event=\"telegram_unreachable\" reason=\"telegram_unreachable\" count=\"1\"",
                        "event=\"cloak_unreachable\" reason=\"not_tls\" count=\"1\"",
                        "event=\"crash\" reason=\"internal_error\" count=\"1\"");
    }

    @Test
    void losesNoCountWhenManyThreadsCountAtOnce() {
        IntStream.range(0, 10_000).parallel().forEach(i -> log.refused(i, CLIENT, RefusalReason.CONNECTION_LIMIT));
        now.addAndGet(OperatorLog.PAUSE.toNanos());
        log.refused(0, CLIENT, RefusalReason.CONNECTION_LIMIT);
        long total = lines.list.stream()
                .flatMap(line -> line.getKeyValuePairs().stream())
                .filter(pair -> pair.key.equals("count"))
                .mapToLong(pair -> (Long) pair.value)
                .sum();
        assertThat(total).isEqualTo(10_001);
    }

    @ParameterizedTest
    @EnumSource
    void advisesInWords(Advice advice) {
        assertThat(advice.text()).hasSizeGreaterThan(40).contains(" ");
    }

    private static Ending ending(CloseReason reason) {
        Ending ending = mock(Ending.class);
        when(ending.reason()).thenReturn(reason);
        return ending;
    }

    @Test
    void hasNothingToSayAboutWhatHappensEveryDay() {
        log.refused(1, CLIENT, RefusalReason.NOT_TLS);
        log.refused(2, CLIENT, RefusalReason.BAD_DIGEST);
        log.refused(2, CLIENT, RefusalReason.BLOCKED);
        log.closed(ending(CloseReason.CLIENT_CLOSED));
        log.closed(ending(CloseReason.REFUSED));
        assertThat(written()).isEmpty();
    }
}
