package io.github.mtgjava;

import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.transport.nio.Ticker;

/** Gives a builder what users of the library cannot: a clock that tests turn, and randomness that they know. */
public final class Inject {

    private Inject() {}

    /** Time-outs go by this. */
    public static MtProxyBuilder ticker(MtProxyBuilder builder, Ticker ticker) {
        return builder.ticker(ticker);
    }

    /** Keys and padding come from this. */
    public static MtProxyBuilder random(MtProxyBuilder builder, RandomSource random) {
        return builder.random(random);
    }
}
