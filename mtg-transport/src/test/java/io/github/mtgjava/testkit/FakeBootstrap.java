package io.github.mtgjava.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Telegram's site as far as proxies use it, on 127.0.0.1: the proxy secret and both lists of middle proxies. Thread-safe. */
public final class FakeBootstrap implements AutoCloseable {
    /** Path of the secret. */
    public static final String SECRET = "/getProxySecret";
    /** Path of the IPv4 list. */
    public static final String CONFIG = "/getProxyConfig";
    /** Path of the IPv6 list. */
    public static final String CONFIG_V6 = "/getProxyConfigV6";
    /** Before any of these: answers that it has moved there. */
    public static final String MOVED = "/moved";

    private final Map<String, byte[]> contents = new ConcurrentHashMap<>();
    private final Map<String, Integer> status = new ConcurrentHashMap<>();
    private final Map<String, Integer> hits = new ConcurrentHashMap<>();
    private final List<LoopbackServer> servers = new CopyOnWriteArrayList<>();
    private final Monitor monitor = new Monitor();
    private final InetSocketAddress address;
    private volatile Optional<String> date = Optional.empty();
    private volatile String silentPath = "";
    private volatile String stalledPath = "";
    private volatile boolean closed;

    private FakeBootstrap() throws IOException {
        servers.add(LoopbackServer.start("bootstrap", LoopbackServer.ipv4(), this::answer));
        address = servers.get(0).address();
    }

    /** Starts one with a good secret and empty lists. */
    public static FakeBootstrap start() throws IOException {
        return new FakeBootstrap().with(SECRET, FakeMiddleProxy.anySecret());
    }

    /** Starts one whose lists lead to these middle proxies, with this default DC. */
    public static FakeBootstrap start(Map<Integer, List<InetSocketAddress>> dcs, OptionalInt defaultDc)
            throws IOException {
        return start().with(CONFIG, list(dcs, defaultDc, true)).with(CONFIG_V6, list(dcs, defaultDc, false));
    }

    private void answer(Socket socket) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        String request = in.readLine();
        if (request == null) {
            return;
        }
        String path = request.split(" ", -1)[1];
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            continue;
        }
        monitor.change(() -> hits.merge(path, 1, Integer::sum));
        if (path.equals(silentPath)) {
            monitor.await(() -> closed || !path.equals(silentPath), Monitor.LIMIT);
        }
        OutputStream out = socket.getOutputStream();
        // The document ends with the connection, so that nobody can go by a length in the header.
        out.write((head(path) + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        if (path.equals(stalledPath)) {
            out.flush();
            monitor.await(() -> closed || !path.equals(stalledPath), Monitor.LIMIT);
        }
        out.write(contents.getOrDefault(path, new byte[0]));
        out.flush();
    }

    private String head(String path) {
        if (path.startsWith(MOVED)) {
            return "HTTP/1.1 302 Found\r\nLocation: " + path.substring(MOVED.length()) + "\r\n";
        }
        String now = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
        String line = date.orElse(now).isEmpty() ? "" : "Date: " + date.orElse(now) + "\r\n";
        return "HTTP/1.1 " + status.getOrDefault(path, 200) + " Whatever\r\n" + line;
    }

    /** Serves this document from now on. */
    public FakeBootstrap with(String path, byte[] content) {
        contents.put(path, content);
        return this;
    }

    /** Serves this document from now on. */
    public FakeBootstrap with(String path, String content) {
        return with(path, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers with another status than 200 from now on. */
    public FakeBootstrap withStatus(String path, int value) {
        status.put(path, value);
        return this;
    }

    /** Sends this date header instead of the right one; none if it is empty. */
    public FakeBootstrap withDate(String value) {
        date = Optional.of(value);
        return this;
    }

    /** Takes requests for that path and does not answer; none if it is empty. */
    public FakeBootstrap silentAt(String path) {
        monitor.change(() -> silentPath = path);
        return this;
    }

    /** Sends the head of an answer for that path and nothing behind it; none if it is empty. */
    public FakeBootstrap stalledAt(String path) {
        monitor.change(() -> stalledPath = path);
        return this;
    }

    /** Refuses connections. */
    public void suspend() {
        servers.get(servers.size() - 1).stopListening();
    }

    /** Listens again on the same port. */
    public void resume() throws IOException {
        ServerSocket listener = new ServerSocket(address.getPort(), LoopbackServer.BACKLOG, address.getAddress());
        servers.add(LoopbackServer.start("bootstrap", listener, this::answer));
    }

    /** Returns how often that path was asked for. */
    public int hits(String path) {
        return hits.getOrDefault(path, 0);
    }

    /** Waits until that path was asked for so often; false if that takes longer than 20 seconds. */
    public boolean awaitHits(String path, int count) {
        return monitor.await(() -> hits(path) >= count, Monitor.LIMIT);
    }

    /** Returns where that path is. */
    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + address.getPort() + path);
    }

    /** Returns a list as Telegram's site has it, of the IPv4 or the IPv6 addresses. */
    public static String list(Map<Integer, List<InetSocketAddress>> dcs, OptionalInt defaultDc, boolean ipv4) {
        StringBuilder text = new StringBuilder("# force_probability 10 10\n");
        defaultDc.ifPresent(dc -> text.append("default ").append(dc).append(";\n"));
        dcs.forEach((dc, addresses) -> addresses.stream()
                .filter(address -> address.getAddress() instanceof Inet4Address == ipv4)
                .forEach(address -> text.append("proxy_for ")
                        .append(dc)
                        .append(' ')
                        .append(literal(address))
                        .append(":")
                        .append(address.getPort())
                        .append(";\n")));
        return text.toString();
    }

    private static String literal(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress().replaceFirst("%.*", "");
        return address.getAddress() instanceof Inet4Address ? host : "[" + host + "]";
    }

    @Override
    public void close() {
        monitor.change(() -> closed = true);
        servers.forEach(LoopbackServer::close);
    }
}
