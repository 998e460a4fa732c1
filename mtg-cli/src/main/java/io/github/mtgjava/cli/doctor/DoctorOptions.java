package io.github.mtgjava.cli.doctor;

import io.github.mtgjava.AdTag;
import io.github.mtgjava.PreferIp;
import io.github.mtgjava.cli.BindAddress;
import io.github.mtgjava.cli.CloakAddress;
import io.github.mtgjava.cli.DcAddress;
import io.github.mtgjava.cli.Durations;
import io.github.mtgjava.cli.FromEnvironment;
import io.github.mtgjava.cli.LookupUrl;
import io.github.mtgjava.cli.PreferIpConverter;
import io.github.mtgjava.cli.PublicAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Those options of {@code run} that change what is looked at, under the same names. Null means not given. */
public final class DoctorOptions {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "<secret>",
            description = {"the secret of the proxy; - reads it from standard input", "[MTG_SECRET]"})
    @Nullable
    String secret;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "<adtag>",
            converter = AdTagConverter.class,
            description = "also check what a proxy with an ad tag needs, as strictly as middle proxies do [MTG_ADTAG]")
    @Nullable
    AdTag adTag;

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description = "read the secret from the first line of this file, out of sight of 'ps'")
    @Nullable
    Path secretFile;

    @Option(
            names = {"-b", "--bind"},
            paramLabel = "HOST:PORT",
            converter = BindAddress.class,
            description = "where the proxy listens or shall listen. Default 0.0.0.0:3128 [MTG_BIND]")
    @FromEnvironment("MTG_BIND")
    @Nullable
    InetSocketAddress bind;

    @Option(
            names = {"-4", "--public-ipv4"},
            paramLabel = "HOST[:PORT]",
            converter = PublicAddress.Ipv4.class,
            description = "the proxy as the world sees it, compared with what services tell [MTG_IPV4]")
    @FromEnvironment("MTG_IPV4")
    @Nullable
    InetSocketAddress publicIpv4;

    @Option(
            names = {"-6", "--public-ipv6"},
            paramLabel = "HOST[:PORT]",
            converter = PublicAddress.Ipv6.class,
            description = "the same for IPv6, as in [2001:db8::1]:443 [MTG_IPV6]")
    @FromEnvironment("MTG_IPV6")
    @Nullable
    InetSocketAddress publicIpv6;

    @Option(
            names = "--public-ip-url",
            paramLabel = "URL",
            split = ",",
            hideParamSyntax = true,
            converter = LookupUrl.Converter.class,
            defaultValue = "https://ifconfig.co/ip,https://icanhazip.com",
            description = {
                "service that tells the public address; repeatable, tried in order; none: never ask "
                        + "[MTG_PUBLIC_IP_URL]",
                "Default ${DEFAULT-VALUE}"
            })
    @FromEnvironment("MTG_PUBLIC_IP_URL")
    @SuppressWarnings("NullAway.Init") // has a default
    List<LookupUrl> publicIpUrls;

    @Option(
            names = "--prefer-ip",
            paramLabel = "WHICH",
            converter = PreferIpConverter.class,
            description = "how to reach Telegram: prefer-ipv4 (default), prefer-ipv6, only-ipv4, only-ipv6 "
                    + "[MTG_PREFER_IP]")
    @FromEnvironment("MTG_PREFER_IP")
    @Nullable
    PreferIp preferIp;

    @Option(
            names = "--dc",
            paramLabel = "N=HOST:PORT",
            split = ",",
            hideParamSyntax = true,
            converter = DcAddress.Converter.class,
            description = "ask these of Telegram's data centres only, here; repeatable. Default: those that "
                    + "clients use, at the built-in addresses [MTG_DC, split at commas]")
    @FromEnvironment("MTG_DC")
    @Nullable
    List<DcAddress> dcs;

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
            description = "that site expects a header of the PROXY protocol [MTG_CLOAK_PROXY_PROTOCOL]")
    @FromEnvironment("MTG_CLOAK_PROXY_PROTOCOL")
    boolean cloakProxyProtocol;

    @Option(
            names = "--time-skew",
            paramLabel = "TIME",
            converter = Durations.class,
            defaultValue = "120s",
            description = "how far clients' clocks may be off. Default ${DEFAULT-VALUE} [MTG_TIME_SKEW]")
    @FromEnvironment("MTG_TIME_SKEW")
    @SuppressWarnings("NullAway.Init") // has a default
    Duration timeSkew;

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            description = "clients that there shall be room for [MTG_MAX_CONNECTIONS]")
    @FromEnvironment("MTG_MAX_CONNECTIONS")
    @Nullable
    Integer maxConnections;
}
