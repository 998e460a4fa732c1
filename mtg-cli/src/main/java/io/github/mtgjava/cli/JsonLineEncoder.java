package io.github.mtgjava.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/**
 * One log event as one line of JSON: {@code ts}, {@code level}, {@code logger}, {@code msg}, then the event's key-value
 * pairs, then {@code error} if there is an exception, and its {@code stack} when the logger is at debug.
 */
final class JsonLineEncoder extends EncoderBase<ILoggingEvent> {

    private static final Set<String> OWN_FIELDS = Set.of("ts", "level", "logger", "msg", "error", "stack");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Override
    public byte[] encode(ILoggingEvent event) {
        JsonObject line = new JsonObject()
                .add("ts", TIME.format(Instant.ofEpochMilli(event.getTimeStamp())))
                .add("level", event.getLevel().toString().toLowerCase(Locale.ROOT))
                .add("logger", event.getLoggerName())
                .add("msg", event.getFormattedMessage());
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.forEach(
                    pair -> line.add(OWN_FIELDS.contains(pair.key) ? pair.key + "_" : pair.key, safe(pair.value)));
        }
        addError(line, event);
        return (line + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void addError(JsonObject line, ILoggingEvent event) {
        IThrowableProxy error = event.getThrowableProxy();
        if (error == null) {
            return;
        }
        line.add("error", error.getClassName() + (error.getMessage() == null ? "" : ": " + error.getMessage()));
        Logger logger = LoggerFactory.getLogger(event.getLoggerName());
        if (logger.isDebugEnabled() || event.getLevel() == Level.DEBUG) {
            line.add("stack", ThrowableProxyUtil.asString(error));
        }
    }

    /** A value whose toString fails must not cost the line. */
    private static @Nullable Object safe(@Nullable Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        try {
            return value.toString();
        } catch (RuntimeException e) {
            return "(" + e.getClass().getSimpleName() + ")";
        }
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
