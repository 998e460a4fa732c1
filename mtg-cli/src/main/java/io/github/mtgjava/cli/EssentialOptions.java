package io.github.mtgjava.cli;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What nearly everybody has to decide. Null means not given. */
final class EssentialOptions {

    static final String AD_TAG_VARIABLE = "MTG_ADTAG";

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "<secret>",
            description = {
                "what generate-secret printed, in hex or base64; - reads it from standard input",
                "[MTG_SECRET]"
            })
    @Nullable
    String secret;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "<adtag>",
            description = {
                "32 hex digits from @MTProxybot: promote your channel to the users of this proxy, who then reach "
                        + "Telegram through its middle proxies",
                "[" + AD_TAG_VARIABLE + "]"
            })
    @Nullable
    String adTag;

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description = "read the secret from the first line of this file, out of sight of 'ps'")
    @Nullable
    Path secretFile;

    @Option(
            names = "--secret-overlap",
            paramLabel = "TIME",
            converter = SecretOverlap.class,
            description =
                    "how long the old secret still works when SIGHUP brings another one from that file, up to 30 days, "
                            + "such as 90m; 0: not at all. Default 24h [MTG_SECRET_OVERLAP]")
    @FromEnvironment("MTG_SECRET_OVERLAP")
    @Nullable
    Duration secretOverlap;

    @Option(
            names = {"-b", "--bind"},
            paramLabel = "HOST:PORT",
            converter = BindAddress.class,
            description = "listen here; port 0 takes any free port, [::]:3128 listens on IPv4 and IPv6. "
                    + "Default 0.0.0.0:3128 [MTG_BIND]")
    @FromEnvironment("MTG_BIND")
    @Nullable
    InetSocketAddress bind;

    @Option(
            names = {"-4", "--public-ipv4"},
            paramLabel = "HOST[:PORT]",
            converter = PublicAddress.Ipv4.class,
            description = "this proxy as the world sees it, for the links. Default: looked up [MTG_IPV4]")
    @FromEnvironment("MTG_IPV4")
    @Nullable
    InetSocketAddress publicIpv4;

    @Option(
            names = {"-6", "--public-ipv6"},
            paramLabel = "HOST[:PORT]",
            converter = PublicAddress.Ipv6.class,
            description =
                    "the same for IPv6, as in [2001:db8::1]:443. Default: looked up if it listens on IPv6 [MTG_IPV6]")
    @FromEnvironment("MTG_IPV6")
    @Nullable
    InetSocketAddress publicIpv6;

    @Option(
            names = "--cache-dir",
            paramLabel = "DIR",
            converter = CacheDir.Converter.class,
            description =
                    "keep here what must outlast a restart: handshakes seen, what the cloaked site looks like, copies of "
                            + "lists from URLs and of what core.telegram.org tells; none: keep nothing. Default: the "
                            + "platform's, such as ~/.cache/mtg-java [MTG_CACHE_DIR]")
    @FromEnvironment("MTG_CACHE_DIR")
    @Nullable
    CacheDir cacheDir;

    @Option(
            names = {"-v", "--verbose"},
            description = "log starts, stops and ends of connections; by default only warnings [MTG_VERBOSE]")
    @FromEnvironment("MTG_VERBOSE")
    boolean verbose;

    @Option(
            names = {"-d", "--debug"},
            description = "log every step of every connection, with clients' addresses [MTG_DEBUG]")
    @FromEnvironment("MTG_DEBUG")
    boolean debug;
}
