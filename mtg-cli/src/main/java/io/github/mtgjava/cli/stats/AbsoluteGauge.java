package io.github.mtgjava.cli.stats;

import io.micrometer.core.instrument.Statistic;
import io.micrometer.statsd.StatsdLineBuilder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Writes the lines of one gauge: whole values, never differences, which not every server understands. */
final class AbsoluteGauge implements StatsdLineBuilder {

    private static final int MAX_DECIMALS = 6;
    private static final double LARGEST_EXACT = 1L << 53;

    private final StatsdDialect.Shape shape;

    AbsoluteGauge(StatsdDialect.Shape shape) {
        this.shape = shape;
    }

    /** The registry asks for finite amounts only. */
    @Override
    public String gauge(double amount, @Nullable Statistic statistic) {
        return shape.head() + plain(amount) + shape.tail();
    }

    /** Without exponents and needless zeros. */
    private static String plain(double amount) {
        if (amount == Math.rint(amount) && Math.abs(amount) <= LARGEST_EXACT) {
            return Long.toString((long) amount);
        }
        return new BigDecimal(amount)
                .setScale(MAX_DECIMALS, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    @Override
    public String count(long amount, @Nullable Statistic statistic) {
        throw onlyGauges();
    }

    @Override
    public String histogram(double amount) {
        throw onlyGauges();
    }

    @Override
    public String timing(double timeMs) {
        throw onlyGauges();
    }

    private static IllegalStateException onlyGauges() {
        return new IllegalStateException("only gauges are registered for statsd");
    }
}
