package io.github.mtgjava.internal.telegram.link;

import io.github.mtgjava.PreferIp;
import io.github.mtgjava.transport.nio.SocketOptions;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How links are made and kept.
 *
 * @param clientsPerLink the most clients on one
 * @param idleTimeout how long one without clients is kept
 * @param connectTimeout for connecting one, over several addresses; the handshake has {@link LinkOpening#HANDSHAKE_TIMEOUT}
 * @param preferIp which addresses of middle proxies to use and to prefer
 * @param socket options of the links' sockets
 * @param publicAddresses ours, as far as they are known; asked for on any loop, and answers at once
 */
public record LinkSettings(
        int clientsPerLink,
        Duration idleTimeout,
        Duration connectTimeout,
        PreferIp preferIp,
        SocketOptions socket,
        Supplier<PublicAddresses> publicAddresses) {}
