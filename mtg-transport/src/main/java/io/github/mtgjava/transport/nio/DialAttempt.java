package io.github.mtgjava.transport.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Objects;

/** One route being tried: connecting, then the route's opening. Tells its {@link Dial} how that ends. */
final class DialAttempt implements Selectable {

    private final Dial dial;
    private final EventLoop loop;
    private final SocketChannel channel;
    private final Route route;
    private final SelectionKey key;
    private final long startedAt;
    /** What the socket has not taken yet. */
    private ByteBuffer output = ByteBuffer.allocate(0);

    private boolean connected;

    /** With a channel that is connecting, or has been as quick as that. */
    DialAttempt(Dial dial, EventLoop loop, SocketChannel channel, Route route) throws IOException {
        this.dial = dial;
        this.loop = loop;
        this.channel = channel;
        this.route = route;
        this.startedAt = loop.now();
        this.key = loop.register(channel, SelectionKey.OP_CONNECT, this);
    }

    SocketChannel channel() {
        return channel;
    }

    Route route() {
        return route;
    }

    long nanos() {
        return loop.now() - startedAt;
    }

    @Override
    public void ready(int operations) {
        try {
            if (connected) {
                converse();
            } else if (channel.finishConnect()) {
                onConnected();
            }
        } catch (IOException failure) {
            dial.onLost(this, failure.toString());
        }
    }

    private void onConnected() throws IOException {
        connected = true;
        Opening opening = route.opening();
        if (opening == null) {
            win();
        } else {
            output = opening.output();
            converse();
        }
    }

    /** Writes and reads as far as the socket lets us. */
    private void converse() throws IOException {
        Opening opening = Objects.requireNonNull(route.opening(), "there is something to say");
        while (send() && hear(opening)) {
            // One answer after the other.
        }
    }

    private boolean send() throws IOException {
        channel.write(output);
        return !output.hasRemaining() || waitFor(SelectionKey.OP_WRITE);
    }

    /** Returns whether there may be more to say or to hear at once. */
    private boolean hear(Opening opening) throws IOException {
        ByteBuffer in = loop.readBuffer().clear().limit(opening.missing());
        int bytesRead = channel.read(in);
        if (bytesRead == 0) {
            return waitFor(SelectionKey.OP_READ);
        }
        if (bytesRead < 0) {
            dial.onLost(this, "closed by " + route.hop() + " before it connected us");
            return false;
        }
        return switch (opening.read(in.flip())) {
            case NEED_INPUT -> true;
            case WRITE -> {
                output = opening.output();
                yield true;
            }
            case DONE -> {
                win();
                yield false;
            }
            case FAILED -> {
                dial.onLost(this, opening.error());
                yield false;
            }
        };
    }

    private boolean waitFor(int operation) {
        key.interestOps(operation);
        return false;
    }

    private void win() {
        // Not cancelled: a channel has one key per selector, which registering it anew takes over.
        key.interestOps(0);
        key.attach(null);
        dial.onWon(this);
    }

    @Override
    public void abandon() {
        dial.onAbandoned(this);
    }
}
