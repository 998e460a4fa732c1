package io.github.mtgjava.cli.stats;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;

/** Reads the name of a statsd dialect. */
final class StatsdFormat implements ITypeConverter<StatsdDialect> {

    @Override
    public StatsdDialect convert(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "vanilla" -> StatsdDialect.VANILLA;
            case "influxdb" -> StatsdDialect.INFLUXDB;
            case "datadog" -> StatsdDialect.DATADOG;
            default -> throw new IllegalArgumentException("expected influxdb, datadog or vanilla, not '" + text + "'");
        };
    }
}
