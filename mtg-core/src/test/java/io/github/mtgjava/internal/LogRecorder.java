package io.github.mtgjava.internal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Records what some classes log until closed. */
public final class LogRecorder implements AutoCloseable {

    static {
        // slf4j brings Logback into the module graph as its provider, where our module does not see it.
        Stream.of("ch.qos.logback.classic", "ch.qos.logback.core")
                .flatMap(name -> ModuleLayer.boot().findModule(name).stream())
                .forEach(module -> LogRecorder.class.getModule().addReads(module));
    }

    private final List<Logger> loggers;
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    private LogRecorder(List<Logger> loggers) {
        this.loggers = loggers;
        appender.start();
        loggers.forEach(logger -> logger.addAppender(appender));
    }

    /** Begins to record. */
    public static LogRecorder of(Class<?>... types) {
        return new LogRecorder(Stream.of(types)
                .map(type -> (Logger) LoggerFactory.getLogger(type))
                .toList());
    }

    /** Begins to record what anybody logs. */
    public static LogRecorder ofAll() {
        return new LogRecorder(List.of((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)));
    }

    /** The formatted messages of one level so far. */
    public List<String> messages(Level level) {
        return List.copyOf(appender.list).stream()
                .filter(event -> event.getLevel().equals(level))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** The key-value pairs of every line so far. */
    public List<String> keyValues() {
        return List.copyOf(appender.list).stream()
                .map(event -> String.valueOf(event.getKeyValuePairs()))
                .toList();
    }

    @Override
    public void close() {
        loggers.forEach(logger -> logger.detachAppender(appender));
    }
}
