package io.github.mtgjava.examples.redis;

import io.github.mtgjava.testkit.FakeOrigin;
import io.github.mtgjava.testkit.Passage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A genuine site behind a wire tap, which knows what every visitor said and was told. Thread-safe. */
final class TappedSite {

    private final FakeOrigin site = FakeOrigin.start();
    private final List<Visit> visits = new CopyOnWriteArrayList<>();
    private final Passage passage = Passage.tapped(site.address(), this::visit);

    /** What went both ways so far. */
    private record Visit(ByteArrayOutputStream said, ByteArrayOutputStream told) {}

    TappedSite() throws IOException {}

    private Passage.Tap visit() {
        Visit visit = new Visit(new ByteArrayOutputStream(), new ByteArrayOutputStream());
        visits.add(visit);
        return new Passage.Tap(visit.said(), visit.told());
    }

    int port() {
        return passage.address().getPort();
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
