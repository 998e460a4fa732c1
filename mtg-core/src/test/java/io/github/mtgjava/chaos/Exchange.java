package io.github.mtgjava.chaos;

import io.github.mtgjava.testkit.Command;
import io.github.mtgjava.testkit.PatternStream;

/** What a client and Telegram have to do with each other: a command, and bytes of known sequences there and back. */
final class Exchange {

    /** What Telegram says when it has got and sent all. */
    static final byte RECEIPT = 'k';

    private final Command command;
    private final PatternStream up;
    private final PatternStream down;
    private long upLeft;
    private long downLeft;
    private boolean receiptDue;

    private Exchange(Command command, long upBytes, long downBytes, long downSeed) {
        this.command = command;
        this.up = new PatternStream(command.seed());
        this.down = new PatternStream(downSeed);
        this.upLeft = upBytes;
        this.downLeft = downBytes;
        this.receiptDue = command.op() == 'B';
    }

    /** All that is sent comes back. */
    static Exchange echo(long bytes, long seed) {
        return new Exchange(new Command('E', bytes, seed, 0), bytes, bytes, seed);
    }

    /** Bytes both ways, independent of each other, and a receipt. */
    static Exchange both(long upBytes, long downBytes, long seed) {
        return new Exchange(Command.both(upBytes, seed, downBytes), upBytes, downBytes, seed + 1);
    }

    /** Telegram sends, and then ends the connection. */
    static Exchange farewell(long downBytes, long seed) {
        return new Exchange(Command.sourceAndFinish(downBytes, seed), 0, downBytes, seed + 1);
    }

    /** What the client has to say first. */
    byte[] command() {
        return command.encode();
    }

    /** Whether Telegram's end of the stream belongs to it. */
    boolean endsStream() {
        return command.op() == 'F';
    }

    /** The next bytes to send, at most so many. */
    byte[] produce(int most) {
        byte[] part = new byte[(int) Math.min(most, upLeft)];
        up.fill(part, 0, part.length);
        upLeft -= part.length;
        return part;
    }

    long upLeft() {
        return upLeft;
    }

    /** Takes what came; returns false if it is not what should have come. */
    boolean receive(byte[] plain) {
        int length = (int) Math.min(plain.length, downLeft);
        if (!down.verify(plain, 0, length)) {
            return false;
        }
        downLeft -= length;
        if (length < plain.length && receiptDue && downLeft == 0 && upLeft == 0) {
            receiptDue = false;
            return plain[length] == RECEIPT && plain.length == length + 1;
        }
        return length == plain.length;
    }

    /** Whether all has been sent and all has come. */
    boolean isDone() {
        return upLeft == 0 && downLeft == 0 && !receiptDue;
    }
}
