package io.github.mtgjava.internal.session;

import io.github.mtgjava.SecretType;
import io.github.mtgjava.Transport;
import io.github.mtgjava.spi.Admission;
import java.net.InetSocketAddress;
import java.time.Duration;

/** What observers are told of a client that was let in. */
public record ClientAdmission(
        long connection,
        InetSocketAddress client,
        SecretType secretType,
        Transport transport,
        int dc,
        Duration duration)
        implements Admission {}
