package io.github.mtgjava.cli;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What matters with a promoted channel only. Null means not given. */
final class AdTagOptions {

    @Option(
            names = "--multiplex-per-connection",
            paramLabel = "N",
            description = "clients that share a connection to a middle proxy. Default 50 [MTG_MULTIPLEX_PERCONNECTION]")
    @FromEnvironment("MTG_MULTIPLEX_PERCONNECTION")
    @Nullable
    Integer multiplexPerConnection;

    @Option(
            names = "--start-timeout",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "how long the start may wait for core.telegram.org when there are no copies; 0s: for ever. "
                    + "Default 0s [MTG_START_TIMEOUT]")
    @FromEnvironment("MTG_START_TIMEOUT")
    @Nullable
    Duration startTimeout;

    @Option(
            names = "--require-public-ip",
            description = "do not start if the public address is unknown: behind NAT no middle proxy would take us "
                    + "[MTG_REQUIRE_PUBLIC_IP]")
    @FromEnvironment("MTG_REQUIRE_PUBLIC_IP")
    @Nullable
    Boolean requirePublicIp;

    @Option(
            names = "--proxy-secret-url",
            paramLabel = "URL",
            converter = WebUrl.class,
            description = "where to fetch the secret of the middle proxies. Default: core.telegram.org "
                    + "[MTG_PROXY_SECRET_URL]")
    @FromEnvironment("MTG_PROXY_SECRET_URL")
    @Nullable
    URI proxySecretUrl;

    @Option(
            names = "--proxy-config-url",
            paramLabel = "URL",
            converter = WebUrl.class,
            description = "the same for the list of IPv4 middle proxies [MTG_PROXY_CONFIG_URL]")
    @FromEnvironment("MTG_PROXY_CONFIG_URL")
    @Nullable
    URI proxyConfigUrl;

    @Option(
            names = "--proxy-config-v6-url",
            paramLabel = "URL",
            converter = WebUrl.class,
            description = "the same for the list of IPv6 middle proxies [MTG_PROXY_CONFIG_V6_URL]")
    @FromEnvironment("MTG_PROXY_CONFIG_V6_URL")
    @Nullable
    URI proxyConfigV6Url;
}
