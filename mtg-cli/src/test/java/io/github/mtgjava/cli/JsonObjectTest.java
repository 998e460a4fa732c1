package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonObjectTest {

    @Test
    void keepsNumbersBooleansAndNull() {
        assertThat(new JsonObject().add("a", 1L).add("b", true).add("c", null).add("d", 1.5))
                .hasToString("{\"a\":1,\"b\":true,\"c\":null,\"d\":1.5}");
    }

    @Test
    void quotesNumbersThatJsonDoesNotKnow() {
        assertThat(new JsonObject().add("a", Double.NaN).add("b", Double.POSITIVE_INFINITY))
                .hasToString("{\"a\":\"NaN\",\"b\":\"Infinity\"}");
    }

    @Test
    void escapesSoThatAnyTextComesBack() {
        StringBuilder text = new StringBuilder();
        for (char c = 0; c < 0x300; c++) {
            text.append(c);
        }
        text.append("\u2028\u2029\ud83d\ude00");
        String line = new JsonObject().add("k\"\n", text).toString();
        assertThat(line).doesNotContain("\n", "\r", "\u2028");
        assertThat(JsonParser.parseString(line).getAsJsonObject().get("k\"\n").getAsString())
                .isEqualTo(text.toString());
    }

    @Test
    void writesHalvesOfSurrogatePairsSoThatUtf8CanCarryThem() {
        String line = new JsonObject().add("a", "x\ud83d").add("b", "\ude00x").toString();
        assertThat(line).isEqualTo("{\"a\":\"x\\ud83d\",\"b\":\"\\ude00x\"}");
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(line)).isTrue();
    }
}
