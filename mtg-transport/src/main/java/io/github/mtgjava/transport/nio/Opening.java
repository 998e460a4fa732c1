package io.github.mtgjava.transport.nio;

import java.nio.ByteBuffer;

/**
 * What has to be said on a fresh connection before it leads to where it should. One per connection; called on its loop. It
 * has no deadline of its own: the {@link Dial} has.
 */
public interface Opening {

    /** How it stands. */
    enum Status {
        /** More has to come from the other side. */
        NEED_INPUT,
        /** {@link #output} has to be sent; then go on reading. */
        WRITE,
        /** The connection can be used. */
        DONE,
        /** It never will: see {@link #error}. */
        FAILED
    }

    /** What to send at first, and after each {@link Status#WRITE}. */
    ByteBuffer output();

    /** How many bytes to read now at the most, 1 or more, so that nothing is read that is not the opening's. */
    int missing();

    /** Goes on with what has arrived, no more than {@link #missing} bytes. */
    Status read(ByteBuffer in);

    /** Why it failed, for the log. */
    String error();
}
