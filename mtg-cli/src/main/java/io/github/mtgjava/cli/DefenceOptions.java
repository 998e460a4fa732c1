package io.github.mtgjava.cli;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How uninvited guests are dealt with. Null means not given. */
final class DefenceOptions {

    @Option(
            names = "--cloak-address",
            paramLabel = "HOST[:PORT]",
            converter = CloakAddress.class,
            description = "site that refused clients are shown. Default: the host in a tls secret [MTG_CLOAK_ADDRESS]")
    @FromEnvironment("MTG_CLOAK_ADDRESS")
    @Nullable
    InetSocketAddress cloakAddress;

    @Option(
            names = "--cloak-port",
            paramLabel = "PORT",
            description = "port of that site. Default 443 [MTG_CLOAK_PORT]")
    @FromEnvironment("MTG_CLOAK_PORT")
    @Nullable
    Integer cloakPort;

    @Option(
            names = "--cloak-proxy-protocol",
            description =
                    "tell that site its visitors' addresses, by a header of the PROXY protocol, version 2, which it has "
                            + "to expect [MTG_CLOAK_PROXY_PROTOCOL]")
    @FromEnvironment("MTG_CLOAK_PROXY_PROTOCOL")
    @Nullable
    Boolean cloakProxyProtocol;

    @Option(
            names = "--anti-replay-max-size",
            paramLabel = "SIZE",
            converter = Sizes.class,
            description = "memory that handshakes are remembered in, so that recorded ones are refused; 0: remember "
                    + "nothing. Default 128MB [MTG_ANTIREPLAY_MAXSIZE]")
    @FromEnvironment("MTG_ANTIREPLAY_MAXSIZE")
    @Nullable
    Long antiReplayMaxSize;

    @Option(
            names = "--time-skew",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "how far clients' clocks may be off (tls secrets only), such as 90s or 5m. Default 120s "
                    + "[MTG_TIME_SKEW]")
    @FromEnvironment("MTG_TIME_SKEW")
    @Nullable
    Duration timeSkew;

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            description = "refuse clients above this number. Default: what the limit of open files allows "
                    + "[MTG_MAX_CONNECTIONS]")
    @FromEnvironment("MTG_MAX_CONNECTIONS")
    @Nullable
    Integer maxConnections;
}
