package io.github.mtgjava.examples;

import io.github.mtgjava.MtProxyBuilder;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.spi.Admission;
import io.github.mtgjava.spi.Ending;
import io.github.mtgjava.spi.ProxyObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Locale;

/**
 * Writes what becomes of every connection to a file, one line of JSON for each event.
 *
 * <pre>mtg-examples/example AuditTrail [SECRET [PORT [FILE]]]</pre>
 *
 * <p>Event loops call it, so it may not wait for a disk: it only hands lines to a {@link LineWriter}. The file,
 * {@code audit.jsonl} by default, is appended to: logrotate's {@code copytruncate} works.
 *
 * <p>There is no secret in it, nor the address of anybody who was let in: a list of those who use the proxy could be turned
 * against them. Only who plays recorded handshakes is named.
 */
public final class AuditTrail implements ProxyObserver, AutoCloseable {

    private static final int CAPACITY = 10_000;

    private final LineWriter lines;
    private final InstantSource clock;

    /** Appends to that file, which it makes if it is missing. */
    public AuditTrail(Path file) throws IOException {
        this(
                new LineWriter(
                        Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND), CAPACITY),
                InstantSource.system());
    }

    AuditTrail(LineWriter lines, InstantSource clock) {
        this.lines = lines;
        this.clock = clock;
    }

    /** Runs until the process is ended. */
    public static void main(String[] args) throws Exception {
        Foreground.main(() -> {
            MtProxyBuilder builder = Foreground.builder(args);
            AuditTrail trail = new AuditTrail(Path.of(Foreground.argument(args, 2, "audit.jsonl")));
            Foreground.serve(builder.addObserver(trail).build(), trail::close);
        });
    }

    @Override
    public void handshakeDone(Admission client) {
        String kind = "\"mode\":" + word(client.secretType()) + ",\"transport\":" + word(client.transport());
        write(client.connection(), "admitted", kind + ",\"dc\":" + client.dc());
    }

    @Override
    public void replayDetected(long connection, InetSocketAddress client) {
        write(connection, "replay", "\"address\":\"" + client.getAddress().getHostAddress() + '"');
    }

    @Override
    public void refused(long connection, InetSocketAddress client, RefusalReason reason) {
        write(connection, "refused", "\"reason\":" + word(reason));
    }

    @Override
    public void closed(Ending ending) {
        String bytes = ",\"from_client\":" + ending.bytesFromClient() + ",\"to_client\":" + ending.bytesToClient();
        String millis = ",\"ms\":" + ending.duration().toMillis();
        write(ending.connection(), "closed", "\"reason\":" + word(ending.reason()) + bytes + millis);
    }

    private void write(long connection, String event, String more) {
        lines.write("{\"ts\":\"" + clock.instant() + "\",\"event\":\"" + event + "\",\"conn\":" + connection + ','
                + more + "}");
    }

    /** Names of constants need no escaping. */
    private static String word(Enum<?> constant) {
        return '"' + constant.name().toLowerCase(Locale.ROOT) + '"';
    }

    /** Writes what is waiting, closes the file, and says what is missing in it. To be called when the proxy has stopped. */
    @Override
    public void close() {
        lines.close();
        if (lines.dropped() > 0) {
            System.err.println(lines.dropped() + " events are not in the audit trail: the disk was too slow, or full");
        }
    }
}
