package io.github.mtgjava.chaos;

import io.github.mtgjava.testkit.ClientOptions;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * What clients have in common.
 *
 * @param key of the secret
 * @param client how a genuine one connects
 * @param longestIdle how long clients that do little say nothing
 */
record World(
        Reactor reactor,
        InetSocketAddress proxy,
        byte[] key,
        ClientOptions client,
        Ledger ledger,
        Weather weather,
        Recordings recordings,
        Duration longestIdle) {}
