package io.github.mtgjava.cli.doctor;

import io.github.mtgjava.cli.Durations;
import io.github.mtgjava.cli.FromEnvironment;
import io.github.mtgjava.cli.WebUrl;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to look, and what to tell. {@code run} has none of them but the three that matter with an ad tag. */
public final class ExaminationOptions {

    @Option(
            names = "--link",
            paramLabel = "LINK",
            converter = ProxyLink.Converter.class,
            description =
                    "look at nothing here, but act as the client of a running proxy, whoever runs it, given by the "
                            + "link that its users have: tg://… or https://t.me/…")
    @Nullable
    ProxyLink link;

    @Option(
            names = "--clock-url",
            paramLabel = "URL",
            converter = WebUrl.class,
            defaultValue = "https://www.cloudflare.com/",
            description = "web server whose clock is right. Default ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init") // has a default
    URI clockUrl;

    @Option(
            names = "--proxy-secret-url",
            paramLabel = "URL",
            converter = WebUrl.class,
            defaultValue = "https://core.telegram.org/getProxySecret",
            description = "what ad tags need. Default ${DEFAULT-VALUE} [MTG_PROXY_SECRET_URL]")
    @FromEnvironment("MTG_PROXY_SECRET_URL")
    @SuppressWarnings("NullAway.Init") // has a default
    URI proxySecretUrl;

    @Option(
            names = "--proxy-config-url",
            paramLabel = "URL",
            converter = WebUrl.class,
            defaultValue = "https://core.telegram.org/getProxyConfig",
            description = "the same. Default ${DEFAULT-VALUE} [MTG_PROXY_CONFIG_URL]")
    @FromEnvironment("MTG_PROXY_CONFIG_URL")
    @SuppressWarnings("NullAway.Init") // has a default
    URI proxyConfigUrl;

    @Option(
            names = "--proxy-config-v6-url",
            paramLabel = "URL",
            converter = WebUrl.class,
            defaultValue = "https://core.telegram.org/getProxyConfigV6",
            description = "the same for IPv6. Default ${DEFAULT-VALUE} [MTG_PROXY_CONFIG_V6_URL]")
    @FromEnvironment("MTG_PROXY_CONFIG_V6_URL")
    @SuppressWarnings("NullAway.Init") // has a default
    URI proxyConfigV6Url;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "also trust the certificate authorities in this PEM file, for servers of your own; "
                    + "not for --public-ip-url")
    @Nullable
    Path caFile;

    @Option(
            names = "--resolve",
            paramLabel = "HOST=ADDRESS",
            converter = Resolver.Entry.Converter.class,
            description = "take this for the address of a host, the cloaked one or that of -4, -6 or --link; "
                    + "repeatable. URLs are not concerned")
    @Nullable
    List<Resolver.Entry> resolve;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Durations.class,
            defaultValue = "10s",
            description = "what each check may take; all run at the same time. Default ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init") // has a default
    Duration timeout;

    @Option(names = "--json", description = "print one JSON document instead of lines")
    boolean json;
}
