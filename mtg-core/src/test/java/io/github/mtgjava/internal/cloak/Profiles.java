package io.github.mtgjava.internal.cloak;

import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.internal.cloak.OriginProfiler.Look;
import io.github.mtgjava.transport.nio.Ticker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Profilers of sites that answer as a test says; nobody is asked. */
final class Profiles {

    static final String HOST = "origin.test";

    private Profiles() {}

    static OriginProfiler profiler(Look look) {
        return profiler(look, Optional.empty());
    }

    static OriginProfiler profiler(Look look, Optional<Path> directory) {
        Origin origin = new Origin(
                InetSocketAddress.createUnresolved(HOST, 443),
                host -> List.of(InetAddress.getLoopbackAddress()),
                Runnable::run,
                Ticker.system(),
                address -> false,
                true);
        return new OriginProfiler(origin, look, HOST, Duration.ofHours(6), directory, RandomSource.secure());
    }
}
