package io.github.mtgjava.transport.nio;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Connects by the first of several routes that answers. The routes are tried in order; the next one is started when the one
 * before fails, or when it has not answered within the head start; all race until one wins or the deadline passes. Confined
 * to its loop.
 */
public final class Dial {

    private final EventLoop loop;
    private final List<Route> routes;
    private final Settings settings;
    private final DialHandler handler;
    private final List<DialAttempt> attempts = new ArrayList<>(1);
    private final Timer nextAttempt = new Timer(this::startNext);
    private final Timer deadline = new Timer(this::fail);
    private int nextRoute;
    private boolean over;

    /**
     * How to dial.
     *
     * @param headStartNanos what a route gets before the next one is tried beside it
     * @param deadlineNanos for the whole dial, from its start
     * @param socketOptions for every socket
     */
    public record Settings(long headStartNanos, long deadlineNanos, SocketOptions socketOptions) {}

    private Dial(EventLoop loop, List<Route> routes, Settings settings, DialHandler handler) {
        this.loop = loop;
        this.routes = List.copyOf(routes);
        this.settings = settings;
        this.handler = handler;
    }

    /**
     * Starts dialling. The handler is never called from inside this call.
     *
     * @param routes their hops resolved, in order of preference; none at all fails soon
     */
    public static Dial start(EventLoop loop, List<Route> routes, Settings settings, DialHandler handler) {
        assert loop.inEventLoop();
        Dial dial = new Dial(loop, routes, settings, handler);
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
        while (!over && nextRoute < routes.size()) {
            if (start(routes.get(nextRoute++))) {
                return;
            }
        }
        if (attempts.isEmpty()) {
            fail();
        }
    }

    /** Returns false if the route failed at once. */
    private boolean start(Route route) {
        SocketChannel channel = null;
        DialAttempt attempt;
        boolean connected;
        try {
            channel = SocketChannel.open();
            settings.socketOptions().applyTo(channel);
            connected = channel.connect(route.hop());
            attempt = new DialAttempt(this, loop, channel, route);
        } catch (IOException | RuntimeException failure) {
            // RuntimeException: connect() refuses unresolved or unsupported addresses that way.
            if (channel != null) {
                Channels.close(channel);
            }
            handler.onAttemptFailed(route, 0, failure.toString());
            return false;
        }
        attempts.add(attempt);
        if (nextRoute < routes.size()) {
            loop.schedule(nextAttempt, loop.now() + settings.headStartNanos());
        }
        if (connected) {
            attempt.ready(SelectionKey.OP_CONNECT);
        }
        return true;
    }

    void onWon(DialAttempt winner) {
        List<DialAttempt> overtaken = List.copyOf(attempts.subList(0, attempts.indexOf(winner)));
        attempts.remove(winner);
        end();
        try {
            overtaken.forEach(attempt -> handler.onOvertaken(attempt.route()));
            handler.onConnected(winner.channel(), winner.route());
        } catch (Throwable failure) {
            Channels.close(winner.channel());
            throw failure;
        }
    }

    void onLost(DialAttempt loser, String error) {
        boolean isNewest = attempts.indexOf(loser) == attempts.size() - 1;
        attempts.remove(loser);
        Channels.close(loser.channel());
        report(loser, error);
        if (attempts.isEmpty() && nextRoute >= routes.size()) {
            fail();
        } else if (isNewest) {
            nextAttempt.cancel();
            startNext();
        }
        // Else the newest one still has its head start.
    }

    /** The loop has given it up, or ends. */
    void onAbandoned(DialAttempt attempt) {
        Channels.close(attempt.channel());
        if (attempts.remove(attempt) && attempts.isEmpty()) {
            fail();
        }
    }

    private void report(DialAttempt attempt, String error) {
        handler.onAttemptFailed(attempt.route(), attempt.nanos(), error);
    }

    private void fail() {
        if (!over) {
            List<DialAttempt> unanswered = List.copyOf(attempts);
            end();
            unanswered.forEach(attempt -> report(attempt, "no answer"));
            handler.onDialFailed();
        }
    }

    private void end() {
        over = true;
        deadline.cancel();
        nextAttempt.cancel();
        for (DialAttempt attempt : attempts) {
            Channels.close(attempt.channel());
        }
        attempts.clear();
    }
}
