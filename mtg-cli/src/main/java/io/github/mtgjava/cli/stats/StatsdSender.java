package io.github.mtgjava.cli.stats;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends lines by UDP, several to a datagram. Everything that may take time, looking the server up first of all, happens
 * on one daemon thread; who hands lines over never waits. Lines for a server that cannot be found are dropped.
 */
final class StatsdSender implements AutoCloseable {

    /** What fits one Ethernet frame, with room for a tunnel's header. */
    static final int MAX_DATAGRAM_BYTES = 1432;

    private static final Logger LOG = LoggerFactory.getLogger(StatsdSender.class);
    private static final long GATHER_MILLIS = 100;
    private static final long LAST_WORDS_MILLIS = 500;
    private static final long LOOK_UP_NANOS = Duration.ofMinutes(1).toNanos();
    /** Ten times what a proxy has to say at once: more waits only if the thread hangs in a look-up. */
    private static final int MAX_WAITING_CHARS = 1 << 18;

    private final InetSocketAddress server;
    private final LongSupplier nanos;
    private final ScheduledThreadPoolExecutor thread;
    private final StringBuilder waiting = new StringBuilder();
    private @Nullable DatagramChannel channel;
    private @Nullable InetSocketAddress found;
    private long lookUpAt;
    private boolean failing;

    /**
     * Sends nothing yet.
     *
     * @param server may be unresolved; it is looked up when there is something to send, and again every minute
     * @param nanos a monotonic clock
     */
    StatsdSender(InetSocketAddress server, LongSupplier nanos) {
        this.server = server;
        this.nanos = nanos;
        this.lookUpAt = nanos.getAsLong();
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread daemon = new Thread(task, "mtg-statsd");
            daemon.setDaemon(true);
            return daemon;
        });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Takes a line to be sent within a moment. Never waits; any thread. */
    void add(String line) {
        synchronized (waiting) {
            if (waiting.length() > MAX_WAITING_CHARS || thread.isShutdown()) {
                return;
            }
            if (waiting.length() == 0) {
                // It reports its own failures.
                var unused = thread.schedule(this::send, GATHER_MILLIS, TimeUnit.MILLISECONDS);
            }
            waiting.append(line).append('\n');
        }
    }

    /** Sends what is waiting, if that is possible at once. */
    @Override
    public void close() {
        thread.execute(this::send);
        thread.execute(this::closeChannel);
        thread.shutdown();
        try {
            if (thread.awaitTermination(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        thread.shutdownNow();
    }

    private void send() {
        String lines;
        synchronized (waiting) {
            lines = waiting.toString();
            waiting.setLength(0);
        }
        try {
            InetSocketAddress address = address();
            DatagramChannel open = open();
            int start = 0;
            while (start < lines.length()) {
                int end = endOfDatagram(lines, start);
                // Without blocking: if the kernel's buffer is full this datagram is lost, as any may be.
                open.send(ByteBuffer.wrap(lines.substring(start, end - 1).getBytes(StandardCharsets.UTF_8)), address);
                start = end;
            }
            if (failing) {
                failing = false;
                LOG.warn("statsd at {} can be reached again", server);
            }
        } catch (IOException | RuntimeException failure) {
            if (!failing) {
                failing = true;
                LOG.warn(
                        "cannot send to statsd at {}: {}. Its figures are lost until that works; check --statsd-addr",
                        server,
                        failure.toString());
            }
            closeChannel();
        }
    }

    /** Behind the line break of the last line that fits; a line too long for any datagram goes alone. */
    private static int endOfDatagram(String lines, int start) {
        int end = lines.indexOf('\n', start) + 1;
        for (int next = lines.indexOf('\n', end); next >= 0 && next - start <= MAX_DATAGRAM_BYTES; ) {
            end = next + 1;
            next = lines.indexOf('\n', end);
        }
        return end;
    }

    private InetSocketAddress address() throws UnknownHostException {
        if (!server.isUnresolved()) {
            return server;
        }
        InetSocketAddress known = found;
        long now = nanos.getAsLong();
        if (now - lookUpAt >= 0) {
            lookUpAt = now + LOOK_UP_NANOS;
            try {
                known = new InetSocketAddress(InetAddress.getByName(server.getHostString()), server.getPort());
                found = known;
            } catch (UnknownHostException unknown) {
                if (known == null) {
                    throw unknown;
                }
                LOG.debug("statsd's host cannot be looked up now; its last address serves", unknown);
            }
        }
        if (known == null) {
            throw new UnknownHostException(server.getHostString());
        }
        return known;
    }

    private DatagramChannel open() throws IOException {
        DatagramChannel known = channel;
        if (known == null) {
            known = DatagramChannel.open();
            known.configureBlocking(false);
            channel = known;
        }
        return known;
    }

    private void closeChannel() {
        DatagramChannel known = channel;
        channel = null;
        if (known != null) {
            try {
                known.close();
            } catch (IOException failure) {
                LOG.debug("closing a socket failed", failure);
            }
        }
    }
}
