package io.github.mtgjava.cli;

import io.github.mtgjava.IpPrefix;
import io.github.mtgjava.PreferIp;
import io.github.mtgjava.RecordSizing;
import io.github.mtgjava.Socks5Server;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How bytes travel. Null means not given. */
final class NetworkOptions {

    /** Who is asked for the public address. */
    static final String PUBLIC_IP_URLS = "https://ifconfig.co/ip,https://icanhazip.com";

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
            description =
                    "address of Telegram's data centre N instead of the built-in ones; repeatable, several of one "
                            + "DC are tried in order [MTG_DC, split at commas]")
    @FromEnvironment("MTG_DC")
    @Nullable
    List<DcAddress> dcs;

    @Option(
            names = "--socks5",
            paramLabel = "[USER:PASSWORD@]HOST:PORT",
            split = ",",
            hideParamSyntax = true,
            converter = Socks5Address.class,
            description =
                    "SOCKS5 server through which Telegram is reached, for nothing else; repeatable, the next one is tried when "
                            + "one fails. %%40 is an @, %%3A a :, %%2C a comma and %%25 a %% in user or password; the variable keeps "
                            + "them out of sight of 'ps' [MTG_SOCKS5, split at commas]")
    @FromEnvironment("MTG_SOCKS5")
    @Nullable
    List<Socks5Server> socks5;

    @Option(
            names = "--public-ip-url",
            paramLabel = "URL",
            split = ",",
            hideParamSyntax = true,
            converter = LookupUrl.Converter.class,
            defaultValue = PUBLIC_IP_URLS,
            description = {
                "service that tells the public addresses, asked for each of -4 and -6 that is missing; repeatable, tried in order; "
                        + "none: never ask [MTG_PUBLIC_IP_URL]",
                "Default ${DEFAULT-VALUE}"
            })
    @FromEnvironment("MTG_PUBLIC_IP_URL")
    @SuppressWarnings("NullAway.Init") // has a default
    List<LookupUrl> publicIpUrls;

    @Option(
            names = "--proxy-protocol",
            description =
                    "believe load balancers about their clients' addresses: connections from --trusted-proxies have to "
                            + "begin with a header of the PROXY protocol, version 1 or 2 [MTG_PROXY_PROTOCOL]")
    @FromEnvironment("MTG_PROXY_PROTOCOL")
    @Nullable
    Boolean proxyProtocol;

    @Option(
            names = "--trusted-proxies",
            paramLabel = "CIDR",
            split = ",",
            hideParamSyntax = true,
            converter = IpPrefixConverter.class,
            description = "where those load balancers connect from, as in 10.0.0.0/8,2001:db8::7; repeatable "
                    + "[MTG_TRUSTED_PROXIES]")
    @FromEnvironment("MTG_TRUSTED_PROXIES")
    @Nullable
    List<IpPrefix> trustedProxies;

    @Option(
            names = {"-w", "--write-buffer"},
            paramLabel = "SIZE",
            converter = Sizes.class,
            description = "bytes held for Telegram above which a client is not read; if given, also the size of the "
                    + "kernel's buffers. Default 64KB, kernel's choice [MTG_BUFFER_WRITE]")
    @FromEnvironment("MTG_BUFFER_WRITE")
    @Nullable
    Long writeBuffer;

    @Option(
            names = {"-r", "--read-buffer"},
            paramLabel = "SIZE",
            converter = Sizes.class,
            description = "the same from Telegram to client. Default 128KB, kernel's choice [MTG_BUFFER_READ]")
    @FromEnvironment("MTG_BUFFER_READ")
    @Nullable
    Long readBuffer;

    @Option(
            names = "--buffer-memory",
            paramLabel = "SIZE",
            converter = Sizes.class,
            description =
                    "memory for what slow clients have not taken yet, of all together; when three quarters are used "
                            + "nobody new is let in. Default: half of the JVM's direct memory [MTG_BUFFER_MEMORY]")
    @FromEnvironment("MTG_BUFFER_MEMORY")
    @Nullable
    Long bufferMemory;

    @Option(
            names = "--pass-through",
            negatable = true,
            description =
                    "hand Telegram's bytes to clients without encrypting them anew. On by default; turn it off if "
                            + "somebody may watch both sides of the proxy [MTG_PASS_THROUGH]")
    @FromEnvironment("MTG_PASS_THROUGH")
    @Nullable
    Boolean passThrough;

    @Option(
            names = "--record-sizing",
            paramLabel = "HOW",
            converter = RecordSizingConverter.class,
            description =
                    "TLS records to FakeTLS clients: full (default), or dynamic: short ones first and after a second of "
                            + "silence, then growing [MTG_RECORD_SIZING]")
    @FromEnvironment("MTG_RECORD_SIZING")
    @Nullable
    RecordSizing recordSizing;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "threads that carry connections. Default: one per processor [MTG_WORKERS]")
    @FromEnvironment("MTG_WORKERS")
    @Nullable
    Integer workers;
}
