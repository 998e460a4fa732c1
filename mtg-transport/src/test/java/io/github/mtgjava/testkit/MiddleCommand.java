package io.github.mtgjava.testkit;

import java.nio.ByteBuffer;

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
        byte[] payload = new byte[in.getInt()];
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

    /** What a quick acknowledgement of that message looks like, read little-endian. */
    static int confirm(byte[] message) {
        return MiddleFrames.little(message).getInt(16) ^ message.length | 0x8000_0000;
    }
}
