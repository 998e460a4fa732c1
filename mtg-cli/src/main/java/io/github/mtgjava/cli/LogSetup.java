package io.github.mtgjava.cli;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Sets logback up when it is first used, without a configuration file: JSON lines on standard error, warnings and worse.
 *
 * <p>Lines are written by a thread of their own, and dropped while it cannot keep up: an event loop never waits for
 * whoever reads the log. Found by logback as a service, hence public.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {

    private static final int QUEUED_LINES = 4096;
    private static final int FLUSH_MILLIS = 1000;
    private static final String APPENDER = "stderr";

    /** Null until something was logged: commands that log nothing need not pay for logback. */
    private static volatile @Nullable LoggerContext configured;

    /** For logback. */
    public LogSetup() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        JsonLineEncoder encoder = new JsonLineEncoder();
        encoder.setContext(context);
        encoder.start();

        ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
        stderr.setContext(context);
        stderr.setTarget("System.err");
        stderr.setEncoder(encoder);
        stderr.start();

        AsyncAppender queue = new AsyncAppender();
        queue.setContext(context);
        queue.setName(APPENDER);
        queue.setQueueSize(QUEUED_LINES);
        queue.setNeverBlock(true);
        queue.setMaxFlushTime(FLUSH_MILLIS);
        queue.addAppender(stderr);
        queue.start();

        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(queue);
        configured = context;
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Chooses what is logged. */
    static void verbosity(boolean verbose, boolean debug) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)
                    .setLevel(debug ? Level.DEBUG : verbose ? Level.INFO : Level.WARN);
        }
    }

    /** Writes what is queued, for at most a second even if nobody reads it. Nothing is logged afterwards. */
    static void flush() {
        LoggerContext context = configured;
        if (context != null) {
            context.stop();
        }
    }
}
