package io.github.mtgjava.internal.telegram.link;

import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.internal.telegram.bootstrap.MiddleProxyData;
import io.github.mtgjava.spi.ProxyObserver;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * What the links of all loops of a proxy share. Everything in it is thread-safe.
 *
 * @param data the secret and the addresses, as they are now
 * @param connectionIds names of clients on links
 * @param linkNumbers names of links towards observers; the last one used
 */
public record LinkEnvironment(
        LinkSettings settings,
        Supplier<MiddleProxyData> data,
        ConnectionIds connectionIds,
        AtomicLong linkNumbers,
        InstantSource clock,
        RandomSource random,
        ProxyObserver observer) {}
