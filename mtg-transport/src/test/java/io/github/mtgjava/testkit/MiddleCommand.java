package io.github.mtgjava.testkit;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * What a client asks of a {@link FakeMiddleProxy}: a message that looks encrypted.
 *
 * <pre>
 * key id, not zero (8) | op (4) | count (4) | size (4) | payload length (4) | seed (8) | payload
 * </pre>
 *
 * <p>Little-endian. What follows the payload is the padding of a client, and ignored.
 */
record MiddleCommand(char op, int count, int size, long seed, byte[] payload) {
    static final int HEADER = 32;

    /** Of a message without a key: key id, message id, length of the rest. */
    private static final int UNENCRYPTED_HEADER = 20;

    private static final long KEY_ID = 0x4d54474a41564121L;

    /** Answers with the payload. */
    static MiddleCommand echo(byte[] payload) {
        return new MiddleCommand('E', 1, payload.length, 0, payload);
    }

    /** Answers {@code count} times with {@code size} bytes, which begin with their number. */
    static MiddleCommand burst(int count, int size, long seed) {
        return new MiddleCommand('B', count, size, seed, new byte[0]);
    }

    /** The same, and then ends this client. */
    static MiddleCommand burstAndClose(int count, int size, long seed) {
        return new MiddleCommand('X', count, size, seed, new byte[0]);
    }

    /** Compares the payload, which is the pattern of {@code seed}, and answers with {@link #verdict}. */
    static MiddleCommand sink(int bytes, long seed) {
        return new MiddleCommand('S', 1, 4, seed, PatternStream.bytes(seed, bytes));
    }

    /** Answers nothing. */
    static MiddleCommand mute() {
        return new MiddleCommand('M', 0, 0, 0, new byte[0]);
    }

    /** Answers with an error of four bytes: −404. */
    static MiddleCommand error() {
        return new MiddleCommand('4', 0, 0, 0, new byte[0]);
    }

    /** Closes the link. */
    static MiddleCommand die() {
        return new MiddleCommand('D', 0, 0, 0, new byte[0]);
    }

    /** Answers with nothing, and then with four bytes. */
    static MiddleCommand empty() {
        return new MiddleCommand('N', 0, 0, 0, new byte[0]);
    }

    MiddleCommand withPayload(byte[] other) {
        return new MiddleCommand(op, count, size, seed, other);
    }

    byte[] encode() {
        return MiddleFrames.little(new byte[HEADER + (payload.length + 3) / 4 * 4])
                .putLong(KEY_ID)
                .putInt(op)
                .putInt(count)
                .putInt(size)
                .putInt(payload.length)
                .putLong(seed)
                .put(payload)
                .array();
    }

    static MiddleCommand decode(byte[] message) {
        ByteBuffer in = MiddleFrames.little(message);
        MiddleFrames.expect(
                message.length >= HEADER && in.getLong() == KEY_ID, "a message that no client of ours made");
        int op = in.getInt();
        int count = in.getInt();
        int size = in.getInt();
        int length = in.getInt();
        MiddleFrames.expect(length >= 0 && length <= message.length - HEADER, "a command without all of its payload");
        byte[] payload = new byte[length];
        long seed = in.getLong();
        in.get(payload);
        return new MiddleCommand((char) op, count, size, seed, payload);
    }

    /** One answer of a burst. */
    static byte[] burstAnswer(int index, int size, long seed) {
        byte[] answer = PatternStream.bytes(seed + index, size);
        MiddleFrames.little(answer).putInt(0, index);
        return answer;
    }

    /** The answer to a {@link #sink} whose payload came through, or did not. */
    static byte[] verdict(boolean good) {
        return good ? new byte[] {'g', 'o', 'o', 'd'} : new byte[] {'b', 'a', 'd', '!'};
    }

    /** Whether the payload is what {@link #sink} made it. */
    boolean isIntact() {
        return Arrays.equals(payload, PatternStream.bytes(seed, payload.length));
    }

    /**
     * What a quick acknowledgement of that message looks like, read little-endian. What a client padded it with makes no
     * difference.
     */
    static int confirm(byte[] message) {
        ByteBuffer in = MiddleFrames.little(message);
        boolean encrypted = in.getLong(0) != 0;
        int length = encrypted ? HEADER + in.getInt(20) : UNENCRYPTED_HEADER + in.getInt(16);
        CRC32 crc = new CRC32();
        crc.update(message, 0, length);
        return (int) crc.getValue() | 0x8000_0000;
    }
}
