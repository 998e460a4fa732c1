package io.github.mtgjava.cli;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the links to a proxy are made of, and how they are shown. Those of {@code run} mean the same there. */
final class AccessOptions {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "<secret>",
            description = {"the proxy's secret, in hex or base64; - reads it from standard input", "[MTG_SECRET]"})
    @Nullable
    String secret;

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
            defaultValue = "0.0.0.0:3128",
            description = "where the proxy listens. Default ${DEFAULT-VALUE} [MTG_BIND]")
    @FromEnvironment("MTG_BIND")
    @SuppressWarnings("NullAway.Init") // has a default
    InetSocketAddress bind;

    @Option(
            names = {"-4", "--public-ipv4"},
            paramLabel = "HOST[:PORT]",
            converter = PublicAddress.Ipv4.class,
            description = "the proxy as the world sees it. Default: looked up [MTG_IPV4]")
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
            defaultValue = NetworkOptions.PUBLIC_IP_URLS,
            description = {
                "service that tells the public address, asked when -4 or -6 is missing; repeatable, tried in order; "
                        + "none: never ask [MTG_PUBLIC_IP_URL]",
                "Default ${DEFAULT-VALUE}"
            })
    @FromEnvironment("MTG_PUBLIC_IP_URL")
    @SuppressWarnings("NullAway.Init") // has a default
    List<LookupUrl> publicIpUrls;

    @Option(
            names = "--qr",
            description = "draw QR codes in the terminal instead of printing JSON; made for dark backgrounds, and most "
                    + "readers take them on light ones too")
    boolean qr;

    @Option(
            names = "--qr-png",
            paramLabel = "FILE",
            description = "write the QR code as a picture, readable by you alone, as it contains the secret")
    @Nullable
    Path qrPng;
}
