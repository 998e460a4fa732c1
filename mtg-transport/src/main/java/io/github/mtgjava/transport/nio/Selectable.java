package io.github.mtgjava.transport.nio;

/** What a loop calls when a channel is ready. */
interface Selectable {

    /** The channel is ready for some of these {@link java.nio.channels.SelectionKey} operations. */
    void ready(int operations);

    /** The loop gives up on it (its handler threw, or the loop ends): close and tell whom it concerns. Must not throw. */
    void abandon();
}
