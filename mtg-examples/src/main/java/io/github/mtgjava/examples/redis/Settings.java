package io.github.mtgjava.examples.redis;

import io.github.mtgjava.IpPrefix;
import io.github.mtgjava.MtProxyBuilder;
import io.github.mtgjava.Secret;
import io.github.mtgjava.spi.TelegramDirectory;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What {@link RedisProxy} is told by environment variables, which have the names and meanings of the command line's. A secret
 * and a Redis URI may also stand in files: {@code MTG_SECRET_FILE}, {@code MTG_REDIS_FILE}. What is wrong is an {@link
 * IllegalArgumentException} that names the variable and shows no password.
 */
final class Settings {

    private static final Pattern ENDPOINT = Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^:\\[\\]]*)):([0-9]{1,5})");
    private static final Pattern DC = Pattern.compile("([0-9]{1,5})=(.+)");
    private static final int LAST_PORT = 65_535;

    private final Map<String, String> environment;

    Settings(Map<String, String> environment) {
        this.environment = environment;
    }

    /** {@code MTG_SECRET}, mandatory. */
    Secret secret() {
        return Secret.parse(confidential("MTG_SECRET"));
    }

    /** {@code MTG_REDIS}, mandatory: {@code redis://} or {@code rediss://}, sentinels too. */
    @SuppressWarnings("UnusedException") // what the parser says shows the password
    RedisURI redis() {
        String uri = confidential("MTG_REDIS");
        try {
            return RedisURI.create(uri);
        } catch (RuntimeException unreadable) {
            throw new IllegalArgumentException(
                    "MTG_REDIS: not a URI of Redis, such as rediss://user:password@redis.example.com:6379");
        }
    }

    /** {@code MTG_REDIS_LIFETIME}, in seconds: how long a handshake is remembered. */
    Duration lifetime() {
        return seconds("MTG_REDIS_LIFETIME", RedisReplayCache.DEFAULT_LIFETIME);
    }

    /** {@code MTG_REDIS_PREFIX} of all keys. */
    String prefix() {
        return value("MTG_REDIS_PREFIX").orElse(RedisReplayCache.DEFAULT_PREFIX);
    }

    /** {@code MTG_STATS_BIND}: where health and metrics are told. */
    InetSocketAddress statsBind() {
        return endpoint("MTG_STATS_BIND", value("MTG_STATS_BIND").orElse("127.0.0.1:3129"));
    }

    /** {@code MTG_AUDIT_FILE}: where to write an audit trail, if at all. */
    Optional<Path> auditFile() {
        return value("MTG_AUDIT_FILE").map(Path::of);
    }

    /** {@code MTG_NOTICE}, in seconds: how long the proxy goes on after it has ceased to be ready, for balancers to see it. */
    Duration notice() {
        return seconds("MTG_NOTICE", Duration.ofSeconds(5));
    }

    /** {@code MTG_DRAIN}, in seconds: how long open connections may go on after that. */
    Duration drain() {
        return seconds("MTG_DRAIN", Duration.ofSeconds(30));
    }

    /** Tells the builder about {@code MTG_BIND}, {@code _IPV4}, {@code _TRUSTED_PROXIES}, {@code _CLOAK_ADDRESS} and {@code _DC}. */
    void applyTo(MtProxyBuilder builder) {
        value("MTG_BIND").ifPresent(text -> builder.bind(endpoint("MTG_BIND", text)));
        value("MTG_IPV4").ifPresent(text -> builder.publicIpv4(unresolved("MTG_IPV4", text)));
        value("MTG_CLOAK_ADDRESS").ifPresent(text -> builder.cloakAddress(unresolved("MTG_CLOAK_ADDRESS", text)));
        value("MTG_TRUSTED_PROXIES")
                .ifPresent(text ->
                        builder.trustedProxies(split(text).map(IpPrefix::parse).toList()));
        value("MTG_DC")
                .ifPresent(text ->
                        builder.telegramDirectory(TelegramDirectory.builtIn().withOverrides(dcs(text))));
    }

    private static Map<Integer, List<InetSocketAddress>> dcs(String text) {
        Map<Integer, List<InetSocketAddress>> dcs = new TreeMap<>();
        split(text).forEach(each -> {
            Matcher parts = DC.matcher(each);
            if (!parts.matches()) {
                throw new IllegalArgumentException("MTG_DC: expected N=HOST:PORT, not '" + each + "'");
            }
            dcs.computeIfAbsent(Integer.valueOf(parts.group(1)), dc -> new ArrayList<>())
                    .add(endpoint("MTG_DC", parts.group(2)));
        });
        return dcs;
    }

    private static Stream<String> split(String text) {
        return Pattern.compile(",").splitAsStream(text).map(String::strip);
    }

    private static InetSocketAddress endpoint(String name, String text) {
        InetSocketAddress named = unresolved(name, text);
        InetSocketAddress found = named.getHostString().isEmpty()
                ? new InetSocketAddress(named.getPort())
                : new InetSocketAddress(named.getHostString(), named.getPort());
        if (found.isUnresolved()) {
            throw new IllegalArgumentException(name + ": the host " + found.getHostString() + " is unknown");
        }
        return found;
    }

    private static InetSocketAddress unresolved(String name, String text) {
        Matcher parts = ENDPOINT.matcher(text);
        int port = parts.matches() ? Integer.parseInt(parts.group(3)) : LAST_PORT + 1;
        if (port > LAST_PORT) {
            throw new IllegalArgumentException(name + ": expected HOST:PORT, not '" + text + "'");
        }
        String host = parts.group(1) != null ? parts.group(1) : parts.group(2);
        return InetSocketAddress.createUnresolved(host, port);
    }

    private Duration seconds(String name, Duration otherwise) {
        return value(name).map(text -> parseSeconds(name, text)).orElse(otherwise);
    }

    private static Duration parseSeconds(String name, String text) {
        if (!text.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException(name + ": expected a number of seconds, not '" + text + "'");
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }

    /** From the variable or from the file that another one names. */
    private String confidential(String name) {
        Optional<String> file = value(name + "_FILE");
        if (file.isEmpty()) {
            return value(name)
                    .orElseThrow(() -> new IllegalArgumentException(name + " or " + name + "_FILE is needed"));
        }
        try {
            return Files.readString(Path.of(file.get())).strip();
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(name + "_FILE: cannot be read: " + unreadable, unreadable);
        }
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
    }
}
