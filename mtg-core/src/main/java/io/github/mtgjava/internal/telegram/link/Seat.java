package io.github.mtgjava.internal.telegram.link;

import io.github.mtgjava.transport.middleproxy.ProxyRequest;
import io.github.mtgjava.transport.nio.PendingBytes;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client's claim to a place on a link, from its first message to its last: it waits for one, has one, has none again
 * when the link ends, gets another one. Confined to the loop.
 */
public final class Seat {

    private final LinkGroup group;
    private final LinkClient client;
    private @Nullable Link link;
    private long connectionId;
    private boolean hasSent;
    private boolean awaitsRoom;
    private boolean moving;
    private long deadline;
    private boolean left;

    Seat(LinkGroup group, LinkClient client) {
        this.group = group;
        this.client = client;
    }

    /** Whether there is a link, and room on it: a message may be sent. */
    public boolean isReady() {
        return link != null && link.hasRoom();
    }

    /** Where its link leads; null while it has none. */
    public @Nullable InetSocketAddress address() {
        return link == null ? null : link.address();
    }

    /** The entry of Telegram's list that the client is served by. */
    public int dc() {
        return group.dc();
    }

    /** Has {@link LinkClient#onReady} called when it is ready. For one that is not. */
    public void awaitReady() {
        if (link != null && !awaitsRoom) {
            awaitsRoom = true;
            link.callWhenRoom(this);
        }
    }

    /**
     * Sends a whole message, which must be a valid one; {@link #flush} behind the last one. Only while it has a link: being
     * full does not matter, as far as the messages of one read go.
     */
    public void send(ProxyRequest request, boolean quickAck, ByteBuffer message) {
        ByteBuffer header = request.header(connectionId, quickAck, ProxyRequest.isUnencrypted(message));
        write(writer -> writer.write(header, message));
    }

    /** The same for a message that came in pieces, which is empty then. */
    public void send(ProxyRequest request, boolean quickAck, PendingBytes message) {
        ByteBuffer header = request.header(connectionId, quickAck, ProxyRequest.isUnencrypted(message.oldest()));
        write(writer -> writer.write(header, message));
    }

    private void write(Consumer<LinkWriter> message) {
        Link current = linked();
        hasSent = true;
        current.write(message);
    }

    /** Hands what was sent to the socket. */
    public void flush() {
        if (link != null) {
            link.write(LinkWriter::flush);
        }
    }

    /** Gives the place up, or the wait for one: the client has gone. More than once does nothing. */
    public void leave() {
        if (left) {
            return;
        }
        left = true;
        if (link != null) {
            link.remove(this);
            group.onPlaceFreed();
        } else {
            group.stopWaiting(this);
        }
    }

    private Link linked() {
        if (link == null) {
            throw new IllegalStateException("a client without a link cannot send");
        }
        return link;
    }

    LinkClient client() {
        return client;
    }

    boolean hasLeft() {
        return left;
    }

    boolean hasLink() {
        return link != null;
    }

    /** Whether Telegram may know the client by this name. */
    boolean hasSent() {
        return hasSent;
    }

    long connectionId() {
        return connectionId;
    }

    /** Has a place now. */
    void sitDown(Link on, long id) {
        link = on;
        connectionId = id;
        hasSent = false;
        awaitsRoom = false;
    }

    /** Has none any more. */
    void standUp() {
        link = null;
        awaitsRoom = false;
    }

    /** Telegram has ended it: it has no place and wants none. */
    void dismiss() {
        standUp();
        left = true;
    }

    /** Its link has room; whether it was waiting for that. */
    boolean takeRoom(Link on) {
        boolean waited = awaitsRoom && link == on;
        if (waited) {
            awaitsRoom = false;
        }
        return waited;
    }

    /** Has no link yet, and may wait for one until then. */
    void mayWait(long until) {
        deadline = until;
    }

    /** Has lost its link, and may wait for another one until then. */
    void mayMove(long until) {
        deadline = until;
        moving = true;
    }

    /** Whether it had a link before. */
    boolean isMoving() {
        return moving;
    }

    boolean isOverdue(long now) {
        return deadline - now <= 0;
    }
}
