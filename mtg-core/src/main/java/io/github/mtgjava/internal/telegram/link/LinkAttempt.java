package io.github.mtgjava.internal.telegram.link;

import io.github.mtgjava.LinkFailureReason;
import io.github.mtgjava.internal.telegram.dial.Reached;
import io.github.mtgjava.internal.telegram.dial.TelegramDial;
import io.github.mtgjava.internal.telegram.dial.TelegramDialHandler;
import io.github.mtgjava.transport.middleproxy.Ends;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opening one link: connecting the first of several middle proxies that answers, then the handshake; with the next of
 * them if that fails. Ends with exactly one of {@link LinkGroup#onOpened} and {@link LinkGroup#onAttemptFailed}, later,
 * unless it is cancelled.
 */
final class LinkAttempt implements TelegramDialHandler {

    private final LinkGroup group;
    private final List<InetSocketAddress> untried;
    private final boolean hopeless;
    private final long begunAt;
    /** With the addresses that are left now. */
    private long startedAt;

    private @Nullable TelegramDial dial;
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
        dial = group.pool().dialler().dial(List.copyOf(untried), this);
    }

    @Override
    public void onConnected(SocketChannel channel, Reached reached) {
        dial = null;
        InetSocketAddress address = reached.address();
        untried.remove(address);
        LinkFailureReason reason = LinkFailureReason.CLOSED;
        try {
            Optional<Ends> ends = KnownEnds.of(
                    channel,
                    reached,
                    group.pool().environment().settings().publicAddresses().get());
            if (ends.isPresent()) {
                opening = LinkOpening.begin(this, group, channel, address, ends.get());
                return;
            }
            reason = LinkFailureReason.UNKNOWN_ADDRESS;
        } catch (IOException gone) {
            reason = LinkFailureReason.CLOSED;
        } catch (Throwable fault) {
            // Without an end of this attempt the group would wait for it for ever.
            group.pool().environment().observer().crashed(fault);
        }
        closeQuietly(channel);
        onHandshakeFailed(address, reason);
    }

    private void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException failure) {
            group.pool().environment().observer().crashed(failure);
        }
    }

    @Override
    public void onAddressFailed(InetSocketAddress address, long nanos, String error) {
        untried.remove(address);
        group.onAddressFailed(address, LinkFailureReason.UNREACHABLE, nanos);
    }

    @Override
    public void onDialFailed() {
        dial = null;
        if (hopeless) {
            group.onAddressFailed(null, LinkFailureReason.NO_ADDRESS, 0);
        }
        group.onAttemptFailed(this);
    }

    /** A middle proxy took the connection, but there will be no link to it. */
    void onHandshakeFailed(InetSocketAddress address, LinkFailureReason reason) {
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
