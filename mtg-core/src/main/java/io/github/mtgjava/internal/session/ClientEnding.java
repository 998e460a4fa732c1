package io.github.mtgjava.internal.session;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.spi.Ending;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/** What observers are told of a connection that ended. */
public record ClientEnding(
        long connection,
        InetSocketAddress client,
        boolean admitted,
        Optional<RefusalReason> refusal,
        CloseReason reason,
        long bytesFromClient,
        long bytesToClient,
        Duration duration)
        implements Ending {}
