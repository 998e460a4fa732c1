package io.github.mtgjava.internal.telegram.link;

import io.github.mtgjava.PreferIp;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How links are made and kept.
 *
 * @param clientsPerLink the most clients on one
 * @param idleTimeout how long one without clients is kept
 * @param preferIp which addresses of middle proxies to use and to prefer
 * @param publicAddresses ours, as far as they are known; asked for on any loop, and answers at once
 */
public record LinkSettings(
        int clientsPerLink, Duration idleTimeout, PreferIp preferIp, Supplier<PublicAddresses> publicAddresses) {}
