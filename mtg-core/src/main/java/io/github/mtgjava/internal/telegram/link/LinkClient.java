package io.github.mtgjava.internal.telegram.link;

import java.nio.ByteBuffer;

/**
 * A client as its link sees it. Called on the loop, never from inside a call of its own {@link Seat}. None of these may
 * throw: what goes wrong with one client is no affair of its link.
 */
public interface LinkClient {

    /** It has a place on a link, or another one than before, or its link has room again: it may send. */
    void onReady();

    /** Its link ended and there is no other one yet: it must not send until {@link #onReady}. */
    void onLinkLost();

    /** There was no link for it in time, and it is not waiting any more. */
    void onNoLink();

    /** Telegram answers: one whole message. The buffer is valid during this call only. */
    void onAnswer(ByteBuffer message);

    /** Telegram has got a message that asked for a quick acknowledgement. */
    void onQuickAck(int confirm);

    /** Telegram is done with this client. It has lost its place already. */
    void onClosedByTelegram();

    /** It takes too little of what it is sent, and others need the memory. */
    void onTooSlow();

    /** Bytes that are held for it, because its socket did not take them yet. */
    int held();
}
