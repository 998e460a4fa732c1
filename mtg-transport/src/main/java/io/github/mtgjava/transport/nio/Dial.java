package io.github.mtgjava.transport.nio;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Connects to the first of several addresses that answers. The addresses are tried in order; the next one is started
 * when the one before fails, or when it has not answered within the head start; all race until one wins or the deadline
 * passes. Confined to its loop.
 */
public final class Dial {

    private final EventLoop loop;
    private final List<InetSocketAddress> addresses;
    private final Settings settings;
    private final DialHandler handler;
    private final List<Attempt> attempts = new ArrayList<>(1);
    private final Timer nextAttempt = new Timer(this::startNext);
    private final Timer deadline = new Timer(this::fail);
    private int nextAddress;
    private boolean over;

    /**
     * How to dial.
     *
     * @param headStartNanos what an address gets before the next one is tried beside it
     * @param deadlineNanos for the whole dial, from its start
     * @param socketOptions for every socket
     */
    public record Settings(long headStartNanos, long deadlineNanos, SocketOptions socketOptions) {}

    private Dial(EventLoop loop, List<InetSocketAddress> addresses, Settings settings, DialHandler handler) {
        this.loop = loop;
        this.addresses = addresses;
        this.settings = settings;
        this.handler = handler;
    }

    /**
     * Starts dialling. The handler is never called from inside this call.
     *
     * @param addresses resolved, in order of preference; none at all fails soon
     */
    public static Dial start(
            EventLoop loop, List<InetSocketAddress> addresses, Settings settings, DialHandler handler) {
        assert loop.inEventLoop();
        Dial dial = new Dial(loop, addresses, settings, handler);
        loop.schedule(dial.deadline, loop.now() + settings.deadlineNanos());
        loop.execute(dial::startNext);
        return dial;
    }

    /** Gives up without calling the handler; does nothing if the dial is over. */
    public void cancel() {
        assert loop.inEventLoop();
        end();
    }

    private void startNext() {
        if (over) {
            return;
        }
        while (nextAddress < addresses.size()) {
            InetSocketAddress address = addresses.get(nextAddress++);
            if (start(address)) {
                if (!over && nextAddress < addresses.size()) {
                    loop.schedule(nextAttempt, loop.now() + settings.headStartNanos());
                }
                return;
            }
        }
        if (attempts.isEmpty()) {
            fail();
        }
    }

    /** Returns false if the address failed at once. */
    private boolean start(InetSocketAddress address) {
        SocketChannel channel = null;
        boolean connected;
        try {
            channel = SocketChannel.open();
            settings.socketOptions().applyTo(channel);
            connected = channel.connect(address);
            if (!connected) {
                attempts.add(new Attempt(channel, address));
            }
        } catch (IOException | RuntimeException failure) {
            // RuntimeException: connect() refuses unresolved or unsupported addresses that way.
            if (channel != null) {
                Channels.close(channel);
            }
            handler.onAttemptFailed(address, 0, failure.toString());
            return false;
        }
        if (connected) {
            succeed(channel, address);
        }
        return true;
    }

    private void succeed(SocketChannel channel, InetSocketAddress address) {
        end();
        try {
            handler.onConnected(channel, address);
        } catch (Throwable failure) {
            Channels.close(channel);
            throw failure;
        }
    }

    private void fail() {
        if (!over) {
            List<Attempt> unanswered = List.copyOf(attempts);
            end();
            unanswered.forEach(attempt -> attempt.report("no answer"));
            handler.onDialFailed();
        }
    }

    private void end() {
        over = true;
        deadline.cancel();
        nextAttempt.cancel();
        for (Attempt attempt : attempts) {
            Channels.close(attempt.channel);
        }
        attempts.clear();
    }

    /** One address being tried. */
    private final class Attempt implements Selectable {

        private final SocketChannel channel;
        private final InetSocketAddress address;
        private final SelectionKey key;
        private final long startedAt = loop.now();

        Attempt(SocketChannel channel, InetSocketAddress address) throws IOException {
            this.channel = channel;
            this.address = address;
            this.key = loop.register(channel, SelectionKey.OP_CONNECT, this);
        }

        @Override
        public void ready(int operations) {
            boolean connected;
            try {
                connected = channel.finishConnect();
            } catch (IOException failure) {
                lose(failure.toString());
                return;
            }
            if (connected) {
                attempts.remove(this);
                // Not cancelled: a channel has one key per selector, which registering it anew takes over.
                key.interestOps(0);
                key.attach(null);
                succeed(channel, address);
            }
        }

        private void report(String error) {
            handler.onAttemptFailed(address, loop.now() - startedAt, error);
        }

        private void lose(String error) {
            attempts.remove(this);
            Channels.close(channel);
            report(error);
            if (attempts.isEmpty() && nextAddress >= addresses.size()) {
                fail();
            } else {
                nextAttempt.cancel();
                startNext();
            }
        }

        @Override
        public void abandon() {
            Channels.close(channel);
            if (attempts.remove(this) && attempts.isEmpty()) {
                fail();
            }
        }
    }
}
