package io.github.mtgjava.cli.stats;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A statsd server that remembers: what it was sent last for each name and tags. Every wait is bounded. */
public final class UdpListener implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final DatagramSocket socket;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<Integer> sizes = new ArrayList<>();

    /** Listens on a free loopback port. */
    public UdpListener() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
        socket.setReceiveBufferSize(1 << 20);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    List<Integer> sizes() {
        return sizes;
    }

    /** Reads until the lines that came last satisfy the condition; returns them in order of appearance. */
    public List<String> await(Predicate<List<String>> condition) throws IOException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.test(lines())) {
            long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (left <= 0) {
                throw new AssertionError("not within the limit; lines: " + lines());
            }
            receive((int) left);
        }
        return lines();
    }

    private List<String> lines() {
        return values.entrySet().stream()
                .map(e -> e.getKey().replace("\0", e.getValue()))
                .toList();
    }

    private void receive(int millis) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        socket.setSoTimeout(Math.max(1, millis));
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException nothing) {
            return;
        }
        sizes.add(packet.getLength());
        String text = new String(Arrays.copyOf(packet.getData(), packet.getLength()), StandardCharsets.UTF_8);
        for (String line : text.split("\n", -1)) {
            int colon = line.indexOf(':');
            int bar = line.indexOf('|');
            values.put(line.substring(0, colon + 1) + "\0" + line.substring(bar), line.substring(colon + 1, bar));
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
