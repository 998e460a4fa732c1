package io.github.mtgjava.cli.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Tag;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatsdDialectTest {

    private static final List<Tag> OWN = List.of(Tag.of("protocol", "ipv4"), Tag.of("type", "secured"));
    private static final List<Tag> GIVEN = List.of(Tag.of("zone", "a"), Tag.of("host", "b"));

    private static String line(StatsdDialect dialect, List<Tag> own, List<Tag> given, double value) {
        return new AbsoluteGauge(dialect.shapeOf("mtg.connections", own, given)).gauge(value);
    }

    @Test
    void writesTheThreeDialects() {
        assertThat(line(StatsdDialect.VANILLA, OWN, List.of(), 3)).isEqualTo("mtg.connections.secured.ipv4:3|g");
        assertThat(line(StatsdDialect.INFLUXDB, OWN, List.of(), 3))
                .isEqualTo("mtg.connections,type=secured,protocol=ipv4:3|g");
        assertThat(line(StatsdDialect.DATADOG, OWN, List.of(), 3))
                .isEqualTo("mtg.connections:3|g|#type:secured,protocol:ipv4");
    }

    @Test
    void putsTheOperatorsTagsBehindTheOwnOnes() {
        assertThat(line(StatsdDialect.VANILLA, OWN, GIVEN, 3)).isEqualTo("mtg.connections.secured.ipv4:3|g");
        assertThat(line(StatsdDialect.INFLUXDB, OWN, GIVEN, 3))
                .isEqualTo("mtg.connections,type=secured,protocol=ipv4,zone=a,host=b:3|g");
        assertThat(line(StatsdDialect.DATADOG, OWN, GIVEN, 3))
                .isEqualTo("mtg.connections:3|g|#type:secured,protocol:ipv4,zone:a,host:b");
    }

    @Test
    void writesNoTagsWhereThereAreNone() {
        for (StatsdDialect dialect : StatsdDialect.values()) {
            assertThat(line(dialect, List.of(), List.of(), 0)).isEqualTo("mtg.connections:0|g");
        }
    }

    @Test
    void ordersTagsByMeaning() {
        List<Tag> tags = List.of(
                Tag.of("protocol", "p"),
                Tag.of("zebra", "z"),
                Tag.of("reason", "r"),
                Tag.of("dc", "2"),
                Tag.of("ant", "a"));
        assertThat(line(StatsdDialect.VANILLA, tags, List.of(), 1)).isEqualTo("mtg.connections.2.r.a.z.p:1|g");
    }

    @Test
    void letsNothingBreakTheLine() {
        List<Tag> evil = List.of(Tag.of("a|b", "c:d,e=f#g@h\ni j"));
        assertThat(line(StatsdDialect.DATADOG, evil, List.of(), 1))
                .isEqualTo("mtg.connections:1|g|#a_b:c_d_e_f_g_h_i_j");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "3, 3",
        "12345678901, 12345678901",
        "9007199254740992, 9007199254740992",
        "1e20, 100000000000000000000",
        "0.25, 0.25",
        "0.0009490321, 0.000949",
        "-1.5, -1.5",
        "1e-9, 0"
    })
    void writesPlainNumbers(double value, String expected) {
        assertThat(line(StatsdDialect.DATADOG, List.of(), List.of(), value))
                .isEqualTo("mtg.connections:" + expected + "|g");
    }
}
