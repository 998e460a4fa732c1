package io.github.mtgjava.examples.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.Secret;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeOrigin;
import io.github.mtgjava.testkit.FakeTelegram;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Proxies with one secret and one Redis, a fake DC and the site that they cloak. Closes all of it but Redis. */
final class Cluster implements AutoCloseable {

    private static final String SECRET_TEXT = "ee00112233445566778899aabbccddeeff6f726967696e2e74657374";
    private static final Secret SECRET = Secret.parse(SECRET_TEXT);
    private static final int READ_TIMEOUT_MILLIS = 20_000;
    /** Of the PROXY protocol, version 2: TCP over IPv4, from 203.0.113.9 port 4000 to 203.0.113.1 port 443. */
    private static final byte[] FROM_203_0_113_9 = HexFormat.of()
            .parseHex("0d0a0d0a000d0a515549540a" + "2111000c" + "cb007109" + "cb007101" + "0fa0" + "01bb");

    final FakeTelegram telegram = FakeTelegram.start();
    final FakeOrigin site = FakeOrigin.start();
    private final String redis;
    private final Path directory;
    private final List<RedisProxy> proxies = new ArrayList<>();

    Cluster(String redis, Path directory) throws IOException {
        this.redis = redis;
        this.directory = directory;
    }

    /** Started, with an audit trail; it has Redis if anybody has. */
    RedisProxy start(String name) throws Exception {
        RedisProxy proxy = new RedisProxy(new Settings(environment(name)));
        proxies.add(proxy);
        proxy.start();
        return proxy;
    }

    Map<String, String> environment(String name) {
        return new TreeMap<>(Map.of(
                "MTG_SECRET",
                SECRET_TEXT,
                "MTG_REDIS",
                redis,
                "MTG_BIND",
                "127.0.0.1:0",
                "MTG_STATS_BIND",
                "127.0.0.1:0",
                "MTG_TRUSTED_PROXIES",
                "127.0.0.1",
                "MTG_CLOAK_ADDRESS",
                "127.0.0.1:" + site.address().getPort(),
                "MTG_DC",
                "2=127.0.0.1:" + telegram.address().getPort(),
                "MTG_AUDIT_FILE",
                audit(name).toString(),
                "MTG_DRAIN",
                "60"));
    }

    Path audit(String name) {
        return directory.resolve(name);
    }

    /** A client as a load balancer shows it. */
    static ClientOptions client(RedisProxy proxy) {
        return client(proxy.address());
    }

    static ClientOptions client(InetSocketAddress address) {
        return ClientOptions.tls(address, SECRET.key(), FakeOrigin.HOST).withPreamble(FROM_203_0_113_9);
    }

    /** The same hello and frame for a seed each time. */
    static ClientOptions recorded(RedisProxy proxy, long seed, long time) {
        return client(proxy).withSeed(seed).withClock(() -> time);
    }

    static void assertServed(ClientOptions client) throws IOException {
        try (FakeClient connected = client.connect()) {
            assertThat(connected.echo(new byte[10])).hasSize(10);
        }
    }

    /** The answer is that of a server which does not know the secret. */
    void assertCloaked(ClientOptions client) throws IOException {
        int before = site.connections();
        try (FakeClient connected = client.connect()) {
            throw new IllegalStateException("served: " + connected);
        } catch (AssertionError expected) {
            assertThat(site.connections()).isGreaterThan(before);
        }
    }

    int status(RedisProxy proxy, String path) throws IOException {
        return get(proxy, path).getResponseCode();
    }

    void awaitStatus(RedisProxy proxy, String path, int status) throws Exception {
        while (status(proxy, path) != status) {
            Thread.sleep(10);
        }
    }

    String metrics(RedisProxy proxy) throws IOException {
        try (InputStream body = get(proxy, "/metrics").getInputStream()) {
            return new String(body.readAllBytes(), UTF_8);
        }
    }

    private static HttpURLConnection get(RedisProxy proxy, String path) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + proxy.healthAddress().getPort() + path);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setReadTimeout(READ_TIMEOUT_MILLIS);
        return connection;
    }

    @Override
    public void close() {
        proxies.forEach(RedisProxy::close);
        site.close();
        telegram.close();
    }
}
