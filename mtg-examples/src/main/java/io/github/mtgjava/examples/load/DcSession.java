package io.github.mtgjava.examples.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One connection at the fake DC: a frame, then commands, each carried out before the next one. Whoever breaks these rules
 * is disconnected, and that is all the DC has to say: the client knows what it was waiting for.
 */
final class DcSession extends Link {

    private final byte[] head = new byte[Frame.LENGTH];
    private int headBytes;
    private @Nullable Streams streams;
    private @Nullable Command command;
    private long position;

    /** What follows from the frame. */
    private record Streams(Opener uplink, CtrStream downlink, Sealer downlinkSealer) {}

    DcSession(Loop loop, SocketChannel channel) throws IOException {
        super(loop, channel, SelectionKey.OP_READ);
    }

    @Override
    void connected() {
        throw new IllegalStateException("was connected from the beginning");
    }

    @Override
    void received(ByteBuffer in) throws IOException {
        // What is sent back is never longer than what came, so one buffer is enough.
        ByteBuffer out = buffer();
        while (in.hasRemaining()) {
            if (streams == null) {
                readFrame(in);
            } else if (command == null) {
                readCommand(in, streams);
            } else {
                carryOut(command, in, streams, out);
            }
        }
        send(out);
    }

    private void readFrame(ByteBuffer in) {
        int piece = Math.min(in.remaining(), Frame.LENGTH - headBytes);
        in.get(head, headBytes, piece);
        headBytes += piece;
        if (headBytes == Frame.LENGTH) {
            headBytes = 0;
            Frame frame = Frame.read(head.clone());
            CtrStream downlink = frame.downlink();
            streams = new Streams(new Opener(loop(), frame.uplink()), downlink, new Sealer(loop(), downlink, 0));
        }
    }

    private void readCommand(ByteBuffer in, Streams from) throws IOException {
        int piece = from.uplink().open(in, Math.min(in.remaining(), Command.LENGTH - headBytes));
        System.arraycopy(loop().otherScratch(), 0, head, headBytes, piece);
        headBytes += piece;
        if (headBytes == Command.LENGTH) {
            headBytes = 0;
            position = 0;
            command = Command.decode(head);
        }
    }

    private void carryOut(Command current, ByteBuffer in, Streams with, ByteBuffer out) throws IOException {
        int length = (int) Math.min(in.remaining(), current.bytes() - position);
        switch (current.op()) {
            case DOWN -> throw new IOException("bytes from a client that should be listening");
            case ECHO -> echo(in, length, with, out);
            case UP -> {
                if (!with.uplink().accept(in, length, position, current.check())) {
                    throw new IOException("the content that came is wrong");
                }
            }
        }
        position += length;
        if (position == current.bytes()) {
            command = null;
            if (current.op() == Command.Op.UP) {
                with.downlinkSealer().sealContent(0, 1, out);
            }
        }
    }

    private void echo(ByteBuffer in, int length, Streams with, ByteBuffer out) {
        for (int done = 0; done < length; ) {
            int piece = with.uplink().open(in, length - done);
            with.downlink().transform(loop().otherScratch(), 0, piece, loop().scratch(), 0);
            out.put(loop().scratch(), 0, piece);
            done += piece;
        }
    }

    @Override
    boolean wantsToWrite() {
        return command != null && command.op() == Command.Op.DOWN;
    }

    @Override
    void writable() throws IOException {
        if (streams == null || command == null) {
            return;
        }
        ByteBuffer out = buffer();
        position += streams.downlinkSealer().sealContent(position, command.bytes() - position, out);
        if (position == command.bytes()) {
            command = null;
        }
        send(out);
    }

    @Override
    boolean readsWhileWriting() {
        return false;
    }

    @Override
    void ended() {}

    @Override
    void failed(IOException cause) {}
}
