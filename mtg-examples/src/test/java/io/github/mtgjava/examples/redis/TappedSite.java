package io.github.mtgjava.examples.redis;

import io.github.mtgjava.testkit.FakeOrigin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A genuine site behind a wire tap, which knows what every visitor said and was told. Thread-safe. */
final class TappedSite {

    private final FakeOrigin site = FakeOrigin.start();
    private final ServerSocket listener = new ServerSocket(0, 1024, InetAddress.getByName("127.0.0.1"));
    private final List<Visit> visits = new CopyOnWriteArrayList<>();

    /** What went both ways so far. */
    private record Visit(ByteArrayOutputStream said, ByteArrayOutputStream told) {}

    TappedSite() throws IOException {
        fork(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    FakeOrigin site() {
        return site;
    }

    /** Whether some visitor said this and was told that; both may go on. */
    boolean hasSeen(byte[] said, byte[] told) {
        return visits.stream().anyMatch(visit -> begins(visit.said(), said) && begins(visit.told(), told));
    }

    private static boolean begins(ByteArrayOutputStream stream, byte[] beginning) {
        byte[] bytes = stream.toByteArray();
        return bytes.length >= beginning.length
                && Arrays.equals(bytes, 0, beginning.length, beginning, 0, beginning.length);
    }

    private interface Body {
        void run() throws IOException;
    }

    private static void fork(Body body) {
        Thread thread = new Thread(
                () -> {
                    try {
                        body.run();
                    } catch (IOException ended) {
                        // By either side, and the other one is told.
                    }
                },
                "tapped-site");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket visitor = listener.accept();
            Visit visit = new Visit(new ByteArrayOutputStream(), new ByteArrayOutputStream());
            visits.add(visit);
            fork(() -> {
                try (visitor;
                        Socket behind = new Socket(
                                site.address().getAddress(), site.address().getPort())) {
                    fork(() -> pass(visitor, behind, visit.said()));
                    pass(behind, visitor, visit.told());
                }
            });
        }
    }

    private static void pass(Socket from, Socket to, ByteArrayOutputStream copy) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] chunk = new byte[16 * 1024];
        for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
            copy.write(chunk, 0, length);
            out.write(chunk, 0, length);
        }
        to.shutdownOutput();
    }

    /** The first TLS record that comes, header included; empty if it ends before. */
    static Optional<byte[]> readRecord(Socket socket) throws IOException {
        byte[] header = socket.getInputStream().readNBytes(5);
        if (header.length < 5) {
            return Optional.empty();
        }
        byte[] record = Arrays.copyOf(header, 5 + ((header[3] & 0xff) << 8 | header[4] & 0xff));
        int length = socket.getInputStream().readNBytes(record, 5, record.length - 5);
        return length == record.length - 5 ? Optional.of(record) : Optional.empty();
    }
}
