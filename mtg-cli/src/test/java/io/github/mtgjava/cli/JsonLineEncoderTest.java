package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

class JsonLineEncoderTest {

    private final Logger logger = new LoggerContext().getLogger("a.b");

    @Test
    void writesTheFieldsInOrderOnOneLine() {
        LoggingEvent event = event(Level.WARN, "two\nlines", null);
        event.setInstant(Instant.parse("2026-01-02T03:04:05.006Z"));
        event.setKeyValuePairs(List.of(new KeyValuePair("conn", "1f"), new KeyValuePair("ms", 12L)));
        assertThat(encode(event))
                .isEqualTo("{\"ts\":\"2026-01-02T03:04:05.006Z\",\"level\":\"warn\",\"logger\":\"a.b\","
                        + "\"msg\":\"two\\nlines\",\"conn\":\"1f\",\"ms\":12}\n");
    }

    @Test
    void keepsItsOwnFieldsApartFromPairsOfTheSameName() {
        LoggingEvent event = event(Level.WARN, "text", null);
        event.setKeyValuePairs(List.of(new KeyValuePair("msg", "other")));
        JsonObject line = parse(event);
        assertThat(line.get("msg").getAsString()).isEqualTo("text");
        assertThat(line.get("msg_").getAsString()).isEqualTo("other");
    }

    @Test
    void survivesValuesThatCannotBeWritten() {
        LoggingEvent event = event(Level.WARN, "text", null);
        event.setKeyValuePairs(List.of(new KeyValuePair("bad", new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no");
            }
        })));
        assertThat(parse(event).get("bad").getAsString()).isEqualTo("(IllegalStateException)");
    }

    @Test
    void namesExceptionsAndShowsTheirStackAtDebugOnly() {
        Exception failure = new IllegalStateException("broken");
        assertThat(parse(event(Level.ERROR, "text", failure)).get("error").getAsString())
                .isEqualTo("java.lang.IllegalStateException: broken");
        assertThat(parse(event(Level.ERROR, "text", failure)).has("stack")).isFalse();
        assertThat(parse(event(Level.DEBUG, "text", failure)).get("stack").getAsString())
                .contains("namesExceptionsAndShowsTheirStackAtDebugOnly");
    }

    @Test
    void isWhatLogbackIsSetUpWith() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        assertThat(root.getAppender("stderr")).isNotNull();
        assertThat(root.iteratorForAppenders()).toIterable().hasSize(1);
    }

    private LoggingEvent event(Level level, String message, Exception failure) {
        return new LoggingEvent("fqcn", logger, level, message, failure, null);
    }

    private static String encode(LoggingEvent event) {
        return new String(new JsonLineEncoder().encode(event), StandardCharsets.UTF_8);
    }

    private static JsonObject parse(LoggingEvent event) {
        return JsonParser.parseString(encode(event)).getAsJsonObject();
    }
}
