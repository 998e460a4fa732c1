package io.github.mtgjava.internal.telegram.link;

import io.github.mtgjava.LinkFailure;
import io.github.mtgjava.transport.nio.Dial;
import io.github.mtgjava.transport.nio.DialHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opening one link: connecting the first of several middle proxies that answers, then the handshake; with the next of
 * them if that fails. Ends with exactly one of {@link LinkGroup#onOpened} and {@link LinkGroup#onAttemptFailed}, later,
 * unless it is cancelled.
 */
final class LinkAttempt implements DialHandler {

    /** What an address gets before the next one is tried beside it. */
    private static final Duration HEAD_START = Duration.ofMillis(300);

    private final LinkGroup group;
    private final List<InetSocketAddress> untried;
    private final boolean hopeless;
    private final long begunAt;
    /** With the addresses that are left now. */
    private long startedAt;

    private @Nullable Dial dial;
    private @Nullable LinkOpening opening;

    private LinkAttempt(LinkGroup group, List<InetSocketAddress> addresses) {
        this.group = group;
        this.untried = new ArrayList<>(addresses);
        this.hopeless = addresses.isEmpty();
        this.begunAt = now();
    }

    /** Starts with these addresses, in this order; without any it fails soon. */
    static LinkAttempt start(LinkGroup group, List<InetSocketAddress> addresses) {
        LinkAttempt attempt = new LinkAttempt(group, addresses);
        attempt.dial();
        return attempt;
    }

    /** When it began. */
    long begunAt() {
        return begunAt;
    }

    /** Whether there are middle proxies left that could be tried instead. */
    boolean hasAlternatives() {
        return !untried.isEmpty();
    }

    private void dial() {
        startedAt = now();
        LinkSettings settings = group.pool().environment().settings();
        Dial.Settings dialling = new Dial.Settings(
                HEAD_START.toNanos(), settings.connectTimeout().toNanos(), settings.socket());
        dial = Dial.start(group.pool().loop(), List.copyOf(untried), dialling, this);
    }

    @Override
    public void onConnected(SocketChannel channel, InetSocketAddress address) {
        dial = null;
        untried.remove(address);
        try {
            opening = LinkOpening.begin(this, group, channel, address);
        } catch (IOException gone) {
            closeQuietly(channel);
            onHandshakeFailed(address, LinkFailure.CLOSED);
        } catch (Throwable fault) {
            // Without an end of this attempt the group would wait for it for ever.
            closeQuietly(channel);
            group.pool().environment().observer().crashed(fault);
            onHandshakeFailed(address, LinkFailure.CLOSED);
        }
    }

    private void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException failure) {
            group.pool().environment().observer().crashed(failure);
        }
    }

    @Override
    public void onAttemptFailed(InetSocketAddress address, long nanos, String error) {
        untried.remove(address);
        group.onAddressFailed(address, LinkFailure.UNREACHABLE, nanos);
    }

    @Override
    public void onDialFailed() {
        dial = null;
        if (hopeless) {
            group.onAddressFailed(null, LinkFailure.NO_ADDRESS, 0);
        }
        group.onAttemptFailed(this);
    }

    /** A middle proxy took the connection, but there will be no link to it. */
    void onHandshakeFailed(InetSocketAddress address, LinkFailure reason) {
        opening = null;
        group.onAddressFailed(address, reason, now() - startedAt);
        if (untried.isEmpty() || group.pool().isClosed()) {
            group.onAttemptFailed(this);
        } else {
            dial();
        }
    }

    /** There is a link. */
    void onOpened(Link link) {
        opening = null;
        group.onOpened(this, link, now() - startedAt);
    }

    /** Gives up without a word. */
    void cancel() {
        if (dial != null) {
            dial.cancel();
        }
        if (opening != null) {
            opening.cancel();
        }
    }

    private long now() {
        return group.pool().loop().now();
    }
}
