package io.github.mtgjava.chaos;

import io.github.mtgjava.chaos.Account.Flow;
import io.github.mtgjava.testkit.Command;
import io.github.mtgjava.testkit.Obfuscated2Cipher;
import io.github.mtgjava.testkit.PatternStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One connection to Telegram: a frame, then one {@link Command} after the other and what each wants. */
final class TelegramGuest extends TroubledServer.Guest {

    private static final int PIECE = 16 * 1024;
    /** Bytes written ahead of the kernel at most, or reading stops. */
    private static final int AHEAD = 128 * 1024;

    private final ChaosTelegram telegram;
    private final byte[] frame = new byte[Obfuscated2Cipher.FRAME_LENGTH];
    private final byte[] command = new byte[Command.LENGTH];
    private int frameLength;
    private int commandLength;
    private @Nullable Obfuscated2Cipher cipher;
    private @Nullable Account account;
    private long received;
    private long sent;
    private boolean isOver;

    /** What the command still wants: bytes to get, of a sequence or to be sent back, and bytes to send. */
    private char op;

    private long upLeft;
    private long downLeft;
    private PatternStream up = new PatternStream(0);
    private PatternStream down = new PatternStream(0);

    TelegramGuest(ChaosTelegram telegram) {
        super(telegram);
        this.telegram = telegram;
    }

    @Override
    public void onBytes(ByteBuffer in) {
        if (cipher == null) {
            frameLength += take(in, frame, frameLength);
            if (frameLength < frame.length || !isGenuine()) {
                return;
            }
        }
        if (in.hasRemaining() && !isOver) {
            byte[] wire = new byte[in.remaining()];
            in.get(wire);
            received += wire.length;
            onPlain(ByteBuffer.wrap(cipher.uplink().update(wire)));
        }
    }

    private static int take(ByteBuffer in, byte[] out, int offset) {
        int length = Math.min(in.remaining(), out.length - offset);
        in.get(out, offset, length);
        return length;
    }

    private boolean isGenuine() {
        cipher = new Obfuscated2Cipher(frame, Obfuscated2Cipher.NO_SECRET);
        if (!cipher.hasValidTag() || Obfuscated2Cipher.hasForbiddenBeginning(frame)) {
            telegram.ledger().fail("a frame that Telegram would not understand");
        }
        account = telegram.ledger().claim(frame);
        if (account == null || telegram.isResetting()) {
            reset();
            return false;
        }
        return true;
    }

    private void onPlain(ByteBuffer in) {
        while (in.hasRemaining() && !isOver) {
            if (upLeft > 0) {
                byte[] part = new byte[(int) Math.min(upLeft, in.remaining())];
                in.get(part);
                upLeft -= part.length;
                onUpload(part);
            } else if (downLeft > 0 || op == 'F') {
                telegram.ledger().fail("a client that sends too much: " + account);
                reset();
            } else {
                commandLength += take(in, command, commandLength);
                if (commandLength == command.length) {
                    commandLength = 0;
                    obey(Command.decode(command));
                }
            }
        }
    }

    private void obey(Command next) {
        op = next.op();
        up = new PatternStream(next.seed());
        down = new PatternStream(next.seed() + 1);
        upLeft = op == 'F' ? 0 : next.bytes();
        downLeft = op == 'F' ? next.bytes() : next.secondBytes();
        if ("EBF".indexOf(op) < 0) {
            telegram.ledger().fail("no such command: " + (int) op + ", " + account);
            reset();
        }
        produce();
    }

    private void onUpload(byte[] part) {
        if (!up.verify(part, 0, part.length)) {
            telegram.ledger().fail("what came to Telegram is not what was sent: " + account);
        }
        if (op == 'E') {
            send(part);
            line().pause(line().pending() > AHEAD);
        }
        endIfDone();
    }

    private void produce() {
        while (downLeft > 0 && !isOver && line().pending() < AHEAD) {
            byte[] part = new byte[(int) Math.min(downLeft, PIECE)];
            down.fill(part, 0, part.length);
            downLeft -= part.length;
            send(part);
        }
        endIfDone();
        answerEnd();
    }

    /** FIN for FIN, as soon as all is sent. */
    private void answerEnd() {
        if (line().hasEnded() && downLeft == 0) {
            line().finish();
            if (line().pending() == 0) {
                over();
            }
        }
    }

    private void endIfDone() {
        if (upLeft > 0 || downLeft > 0) {
            return;
        }
        if (op == 'B') {
            send(new byte[] {Exchange.RECEIPT});
            op = 0;
        } else if (op == 'F') {
            line().finish();
        }
    }

    private void send(byte[] plain) {
        if (cipher != null && !isOver) {
            sent += plain.length;
            line().write(cipher.downlink().update(plain));
        }
    }

    @Override
    public void onDrained() {
        line().pause(false);
        produce();
    }

    @Override
    public void onEnd() {
        if (upLeft > 0) {
            // It went in the middle of something.
            downLeft = 0;
        }
        answerEnd();
    }

    @Override
    public void onBroken(IOException cause) {
        over();
    }

    @Override
    void reset() {
        if (account != null) {
            account.resetByTelegram();
        }
        super.reset();
    }

    @Override
    void over() {
        if (isOver) {
            return;
        }
        isOver = true;
        super.over();
        if (account == null) {
            telegram.countSpeechless();
        } else {
            account.overAtTelegram(new Flow(received, sent));
            telegram.ledger().settle(account);
        }
    }
}
