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
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ConnectionLogTest {

    private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.1", 5);

    private final Logger logger = (Logger) LoggerFactory.getLogger(ConnectionLog.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

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
        logger.setLevel(null);
    }

    @Test
    void writesStartAndEndAtInfoWithoutTheAddress() {
        assertThat(refusedConnection(Level.INFO))
                .containsExactly(
                        "event=\"accepted\" conn=\"1f\"",
                        "event=\"closed\" conn=\"1f\" reason=\"refused\" refusal=\"bad_digest\" from_client=\"10\""
                                + " to_client=\"20\" ms=\"3\"");
    }

    @Test
    void writesEveryStepAtDebug() {
        assertThat(refusedConnection(Level.DEBUG))
                .hasSize(5)
                .startsWith(
                        "event=\"accepted\" conn=\"1f\" client=\"192.0.2.1:5\"",
                        "event=\"refused\" conn=\"1f\" reason=\"bad_digest\"",
                        "event=\"cloaked\" conn=\"1f\" reason=\"bad_digest\"",
                        "event=\"cloak_ended\" conn=\"1f\" reason=\"bad_digest\" from_client=\"10\" to_client=\"20\""
                                + " ms=\"2\"");
    }

    @Test
    void writesNothingByDefault() {
        assertThat(refusedConnection(Level.WARN)).isEmpty();
    }

    private static Ending ending() {
        Ending ending = mock(Ending.class);
        when(ending.connection()).thenReturn(31L);
        when(ending.reason()).thenReturn(CloseReason.REFUSED);
        when(ending.refusal()).thenReturn(Optional.of(RefusalReason.BAD_DIGEST));
        when(ending.bytesFromClient()).thenReturn(10L);
        when(ending.bytesToClient()).thenReturn(20L);
        when(ending.duration()).thenReturn(Duration.ofNanos(3_999_999));
        return ending;
    }

    private List<String> refusedConnection(Level level) {
        logger.setLevel(level);
        ConnectionLog log = new ConnectionLog();
        log.accepted(31, CLIENT);
        log.refused(31, CLIENT, RefusalReason.BAD_DIGEST);
        log.cloaked(31, RefusalReason.BAD_DIGEST);
        log.cloakEnded(31, RefusalReason.BAD_DIGEST, 10, 20, Duration.ofMillis(2));
        log.closed(ending());
        return lines.list.stream()
                .map(line -> String.join(
                        " ",
                        line.getKeyValuePairs().stream().map(Object::toString).toList()))
                .toList();
    }
}
