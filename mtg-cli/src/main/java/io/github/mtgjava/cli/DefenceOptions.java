package io.github.mtgjava.cli;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
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
                    + "nothing. Default 128MB, or half of the heap if that is less [MTG_ANTIREPLAY_MAXSIZE]")
    @FromEnvironment("MTG_ANTIREPLAY_MAXSIZE")
    @Nullable
    Long antiReplayMaxSize;

    @Option(
            names = "--keep-replays",
            negatable = true,
            description =
                    "remember them after a restart, too, in --cache-dir, apart for each port. On by default, except where port 0 "
                            + "takes any [MTG_KEEP_REPLAYS]")
    @FromEnvironment("MTG_KEEP_REPLAYS")
    @Nullable
    Boolean keepReplays;

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

    @Option(
            names = "--max-connections-per-ip",
            paramLabel = "N",
            description =
                    "refuse clients of one address above this number; an IPv6 /64 counts as one. Default: no limit, "
                            + "as mobile networks put thousands behind one address [MTG_MAX_CONNECTIONS_PER_IP]")
    @FromEnvironment("MTG_MAX_CONNECTIONS_PER_IP")
    @Nullable
    Integer maxConnectionsPerIp;

    @Option(
            names = "--max-handshakes",
            paramLabel = "N",
            description = "refuse newcomers while so many handshakes are in progress. Default: no limit "
                    + "[MTG_MAX_HANDSHAKES]")
    @FromEnvironment("MTG_MAX_HANDSHAKES")
    @Nullable
    Integer maxHandshakes;

    @Option(
            names = "--handshake-rate",
            paramLabel = "N",
            description = "refuse newcomers above so many in a second. Default: no limit [MTG_HANDSHAKE_RATE]")
    @FromEnvironment("MTG_HANDSHAKE_RATE")
    @Nullable
    Integer handshakeRate;

    @Option(
            names = "--blocklist",
            paramLabel = "FILE|URL",
            split = ",",
            hideParamSyntax = true,
            converter = ListLocation.Converter.class,
            description =
                    "refuse clients from the addresses, prefixes and ranges listed there, as FireHOL's lists have "
                            + "them; repeatable. Private ones are left out [MTG_BLOCKLIST, split at commas]")
    @FromEnvironment("MTG_BLOCKLIST")
    @Nullable
    List<ListLocation> blockLists;

    @Option(
            names = "--allowlist",
            paramLabel = "FILE|URL",
            split = ",",
            hideParamSyntax = true,
            converter = ListLocation.Converter.class,
            description = "refuse clients from everywhere else; repeatable [MTG_ALLOWLIST, split at commas]")
    @FromEnvironment("MTG_ALLOWLIST")
    @Nullable
    List<ListLocation> allowLists;

    @Option(
            names = "--list-refresh",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "how often to fetch lists from URLs; files are read when they change. Default 1h "
                    + "[MTG_LIST_REFRESH]")
    @FromEnvironment("MTG_LIST_REFRESH")
    @Nullable
    Duration listRefresh;
}
