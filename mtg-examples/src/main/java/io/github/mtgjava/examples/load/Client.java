package io.github.mtgjava.examples.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One client of the proxy. Its handshake ends with an echo of one byte, which proves that the way to the DC is open; then
 * it does one {@link Command} after the other.
 */
final class Client extends Link {

    private final Target target;
    private final Listener listener;
    private final Frame frame;
    private final Sealer uplink;
    private final Opener downlink;
    private final @Nullable RecordScanner records;
    private @Nullable Flight flight;

    private int messageBytes;
    private long sent;
    private long toSend;
    private long received;
    private long toReceive;
    private long sentAt;
    private long openedAt;

    /** Who is told. */
    interface Listener {

        /** Payload went either way. */
        void moved(long bytes);

        /** An echoed message has come back whole. */
        void roundTrip(long nanos);

        /** The handshake or a command is done. */
        void done(Client client);

        /** The client failed, and is closed. */
        void failed(Client client, IOException cause);
    }

    /** Not connected yet. */
    Client(Loop loop, Target target, Listener listener) throws IOException {
        super(loop, SocketChannel.open(), SelectionKey.OP_CONNECT);
        this.target = target;
        this.listener = listener;
        frame = target.frame();
        uplink = new Sealer(loop, frame.uplink(), target.recordBytes());
        downlink = new Opener(loop, frame.downlink());
        records = target.recordBytes() > 0 ? new RecordScanner() : null;
    }

    /** Starts to connect. */
    void connect() {
        openedAt = System.nanoTime();
        try {
            connect(target.address());
        } catch (IOException e) {
            fail(e);
        }
    }

    @Override
    void connected() throws IOException {
        HelloMaker hellos = target.hellos();
        ByteBuffer out = buffer();
        if (hellos == null) {
            putFrame(out);
        } else {
            byte[] hello = hellos.make(Instant.now().getEpochSecond());
            flight = new Flight(target.secretKey(), hello);
            out.put(hello);
        }
        send(out);
    }

    /** The frame, and right behind it the request to echo one byte. */
    private void putFrame(ByteBuffer out) {
        if (records != null) {
            out.put(Tls.changeCipherSpec());
            Tls.putHeader(out, Frame.LENGTH);
        }
        out.put(frame.wire());
        put(new Command(Command.Op.ECHO, target.check(), 1), 1, out);
    }

    /**
     * Starts a command. The client must be done with the one before.
     *
     * @param message how many bytes of an echo may be under way; 0 for other commands
     */
    void start(Command command, int message) {
        ByteBuffer out = buffer();
        put(command, message, out);
        try {
            sendFromOutside(out);
        } catch (IOException e) {
            fail(e);
        }
    }

    private void fail(IOException cause) {
        close();
        failed(cause);
    }

    private void put(Command command, int message, ByteBuffer out) {
        messageBytes = message;
        sent = 0;
        received = 0;
        toSend = command.op() == Command.Op.DOWN ? 0 : command.bytes();
        toReceive = command.op() == Command.Op.UP ? 1 : command.bytes();
        uplink.seal(command.encode(), out);
        putContent(out);
    }

    private void putContent(ByteBuffer out) {
        sentAt = System.nanoTime();
        long limit = messageBytes == 0 ? toSend : Math.min(toSend, messageBytes);
        long length = uplink.sealContent(sent, limit, out);
        sent += length;
        toSend -= length;
        listener.moved(length);
    }

    @Override
    boolean wantsToWrite() {
        return toSend > 0 && messageBytes == 0;
    }

    @Override
    void writable() throws IOException {
        ByteBuffer out = buffer();
        putContent(out);
        send(out);
    }

    @Override
    boolean readsWhileWriting() {
        return true;
    }

    @Override
    void received(ByteBuffer in) throws IOException {
        if (flight != null) {
            if (flight.offer(in)) {
                flight = null;
                ByteBuffer out = buffer();
                putFrame(out);
                send(out);
            }
            return;
        }
        while (in.hasRemaining() && !isClosed()) {
            int length = records == null ? in.remaining() : records.payload(in);
            if (length > 0) {
                receivePayload(in, length);
            }
        }
    }

    private void receivePayload(ByteBuffer in, int length) throws IOException {
        if (length > toReceive) {
            throw new IOException("more bytes came than were asked for");
        }
        if (!downlink.accept(in, length, received, target.check())) {
            throw new IOException("the content that came is wrong");
        }
        received += length;
        toReceive -= length;
        listener.moved(length);
        if (messageBytes > 0 && received == sent) {
            listener.roundTrip(System.nanoTime() - sentAt);
        }
        if (toReceive == 0) {
            listener.done(this);
        } else if (messageBytes > 0 && received == sent) {
            writable();
        }
    }

    /** When it began to connect, in terms of {@link System#nanoTime}. */
    long openedAt() {
        return openedAt;
    }

    /** Bytes of the current command's content sent. */
    long sent() {
        return sent;
    }

    /** Bytes of the current command's content received. */
    long received() {
        return received;
    }

    @Override
    void ended() {
        listener.failed(this, new IOException("the proxy ended a connection"));
    }

    @Override
    void failed(IOException cause) {
        listener.failed(this, cause);
    }
}
