package io.github.mtgjava.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.Random;

/**
 * An app that talks in messages, through a proxy with an ad tag, to a {@link FakeMiddleProxy}. Pads as TDLib does. Every read
 * is limited to 20 seconds; a wrong byte is an {@link AssertionError}. One thread may read while another one writes.
 */
public final class MessageClient implements AutoCloseable {
    private static final int MAX_TDLIB_PADDING = 15;
    private static final int QUICK_ACK = 0x80;
    private static final int MAX_TRIES = 20;
    /** No frame of a link is longer; keeps a broken length from being allocated. */
    private static final int MAX_LENGTH = 1 << 24;

    private final FakeClient client;
    private final byte tag;
    private final PacketFraming framing;
    private final Random random;
    private final Deque<Integer> acks = new ArrayDeque<>();
    private byte[] halvedPayload = new byte[0];
    private byte[] halvedPacket = new byte[0];
    /** The first byte of what comes next, if it has been read already. */
    private OptionalInt ahead = OptionalInt.empty();

    private long lastNumber;

    private MessageClient(FakeClient client, byte tag, long seed) {
        this.client = client;
        this.tag = tag;
        this.framing = new PacketFraming(tag);
        this.random = new Random(seed);
    }

    /** Connects with a tag of {@link ClientOptions}. */
    public static MessageClient connect(ClientOptions options, byte tag) throws IOException {
        return new MessageClient(options.withTag(tag).connect(), tag, options.drawSeed());
    }

    /** Returns what is beneath the messages. */
    public FakeClient stream() {
        return client;
    }

    /** Sends a message, which may be none. */
    public void send(byte[] message, boolean quickAck) throws IOException {
        client.write(packet(message, quickAck));
    }

    private byte[] packet(byte[] message, boolean quickAck) {
        byte[] packet = framing.wrap(message, MAX_TDLIB_PADDING, random);
        if (quickAck) {
            packet[tag == ClientOptions.ABRIDGED ? 0 : 3] |= (byte) QUICK_ACK;
        }
        return packet;
    }

    /** Returns the next message; acknowledgements before it are put aside. */
    public byte[] receive() throws IOException {
        while (true) {
            int length = readLength();
            if (length > MAX_LENGTH) {
                throw new AssertionError("implausible length of a message: " + length);
            }
            if (length >= 0) {
                byte[] message = client.readFully(length);
                return tag == ClientOptions.PADDED ? Arrays.copyOf(message, length & ~3) : message;
            }
        }
    }

    /** Returns the next acknowledgement as Telegram meant it, read little-endian; a message before it is an error. */
    public int receiveAck() throws IOException {
        while (acks.isEmpty()) {
            int length = readLength();
            if (length >= 0) {
                throw new AssertionError("a message of " + length + " bytes instead of an acknowledgement");
            }
        }
        return acks.remove();
    }

    /** Negative if it was an acknowledgement. */
    private int readLength() throws IOException {
        if (tag != ClientOptions.ABRIDGED) {
            int length = little(header(4));
            if (length < 0) {
                acks.add(length);
                return -1;
            }
            return length;
        }
        byte[] first = header(1);
        int words = first[0] & 0xff;
        if (words < 0x7f) {
            return 4 * words;
        }
        byte[] rest = client.readFully(3);
        byte[] four = {first[0], rest[0], rest[1], rest[2]};
        if (words == 0x7f) {
            return 4 * (little(four) >>> 8);
        }
        acks.add(ByteBuffer.wrap(four).getInt());
        return -1;
    }

    private byte[] header(int length) throws IOException {
        if (ahead.isEmpty()) {
            return client.readFully(length);
        }
        byte[] bytes = new byte[length];
        bytes[0] = (byte) ahead.getAsInt();
        ahead = OptionalInt.empty();
        System.arraycopy(client.readFully(length - 1), 0, bytes, 1, length - 1);
        return bytes;
    }

    private static int little(byte[] four) {
        return ByteBuffer.wrap(four).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    /** Sends {@code bytes} bytes, a multiple of 4, and expects them back. */
    public void echo(int bytes) throws IOException {
        byte[] payload = PatternStream.bytes(random.nextLong(), bytes);
        send(MiddleCommand.echo(payload).encode(), false);
        expect(receive(), payload);
    }

    /** The same, sent in pieces of so many bytes. */
    public void echoInPieces(int bytes, int piece) throws IOException {
        byte[] payload = PatternStream.bytes(random.nextLong(), bytes);
        byte[] packet = packet(MiddleCommand.echo(payload).encode(), false);
        for (int at = 0; at < packet.length; at += piece) {
            client.write(packet, at, Math.min(piece, packet.length - at));
        }
        expect(receive(), payload);
    }

    /** The same for a message of exactly so many bytes. */
    public void echoMessage(int messageBytes) throws IOException {
        echo(messageBytes - MiddleCommand.HEADER);
    }

    /**
     * As {@link #echo}, but sends the message again whenever its answer does not begin to come in time, as apps do, since a
     * link may have ended with it. Answers to earlier ones may come late.
     *
     * @return how often it was sent
     */
    public int echoPersistently(int bytes, Duration patience) throws IOException {
        byte[] payload = PatternStream.bytes(random.nextLong(), bytes);
        long number = ++lastNumber;
        ByteBuffer.wrap(payload).putLong(number);
        byte[] message = MiddleCommand.echo(payload).encode();
        int sent = 0;
        while (true) {
            send(message, false);
            sent++;
            while (begins(patience)) {
                byte[] answer = receive();
                if (ByteBuffer.wrap(answer).getLong() >= number) {
                    expect(answer, payload);
                    return sent;
                }
            }
            if (sent > MAX_TRIES) {
                throw new IOException("no answer to a message that was sent " + sent + " times");
            }
        }
    }

    /** Whether something begins to come within that time. */
    private boolean begins(Duration patience) throws IOException {
        byte[] one = new byte[1];
        client.socket().setSoTimeout((int) patience.toMillis());
        try {
            if (client.read(one, 0, 1) < 0) {
                throw new EOFException("the proxy has closed");
            }
            ahead = OptionalInt.of(one[0] & 0xff);
            return true;
        } catch (SocketTimeoutException nothing) {
            return false;
        } finally {
            client.socket().setSoTimeout((int) Monitor.LIMIT.toMillis());
        }
    }

    /** Sends several messages in one write, and expects their answers in order. */
    public void echoTogether(int count, int bytes) throws IOException {
        byte[][] payloads = new byte[count][];
        ByteBuffer packets = ByteBuffer.allocate(count * (bytes + MiddleCommand.HEADER + 64));
        for (int i = 0; i < count; i++) {
            payloads[i] = PatternStream.bytes(random.nextLong(), bytes);
            packets.put(packet(MiddleCommand.echo(payloads[i]).encode(), false));
        }
        client.write(packets.array(), 0, packets.position());
        for (byte[] payload : payloads) {
            expect(receive(), payload);
        }
    }

    /** As {@link #echo}, asking for a quick acknowledgement, which has to come before the answer. */
    public void echoWithAck(int bytes) throws IOException {
        byte[] payload = PatternStream.bytes(random.nextLong(), bytes);
        byte[] message = MiddleCommand.echo(payload).encode();
        send(message, true);
        int ack = receiveAck();
        if (ack != MiddleCommand.confirm(message)) {
            throw new AssertionError("another acknowledgement: " + Integer.toHexString(ack));
        }
        expect(receive(), payload);
    }

    /** Sends {@code bytes} bytes, and expects to hear that they came through. */
    public void sink(int bytes) throws IOException {
        send(MiddleCommand.sink(bytes, random.nextLong()).encode(), false);
        expect(receive(), MiddleCommand.verdict(true));
    }

    /** Has {@code count} answers of {@code size} bytes sent, and expects them in order. */
    public void burst(int count, int size) throws IOException {
        long seed = random.nextLong();
        send(MiddleCommand.burst(count, size, seed).encode(), false);
        expectBurst(count, size, seed);
    }

    /** As {@link #burst}, behind which Telegram ends this client. */
    public void burstToEnd(int count, int size) throws IOException {
        long seed = random.nextLong();
        send(MiddleCommand.burstAndClose(count, size, seed).encode(), false);
        expectBurst(count, size, seed);
        client.readEnd();
    }

    /** Has {@code count} answers of {@code size} bytes sent, and reads none. */
    public void orderBurst(int count, int size) throws IOException {
        send(MiddleCommand.burst(count, size, 1).encode(), false);
    }

    /** Expects what {@link #orderBurst} ordered. */
    public void receiveBurst(int count, int size) throws IOException {
        expectBurst(count, size, 1);
    }

    /** Expects one of the answers that {@link #orderBurst} ordered. */
    public void receiveOneOfBurst(int index, int size) throws IOException {
        expect(receive(), MiddleCommand.burstAnswer(index, size, 1));
    }

    private void expectBurst(int count, int size, long seed) throws IOException {
        for (int i = 0; i < count; i++) {
            expect(receive(), MiddleCommand.burstAnswer(i, size, seed));
        }
    }

    /** Sends what is not answered. */
    public void sendUnanswered() throws IOException {
        send(MiddleCommand.mute().encode(), false);
    }

    /** Sends what is not answered, a message of about so many bytes. */
    public void sendUnanswered(int bytes) throws IOException {
        send(MiddleCommand.mute().withPayload(new byte[bytes]).encode(), false);
    }

    /** Returns so many of the shortest messages that are not answered, as they are sent. */
    public byte[] unanswered(int count, boolean quickAck) {
        byte[] message = MiddleCommand.mute().encode();
        ByteArrayOutputStream packets = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            packets.writeBytes(packet(message, quickAck));
        }
        return packets.toByteArray();
    }

    /** Begins to send what {@link #sendSecondHalfOfEcho} ends. */
    public void sendFirstHalfOfEcho(int bytes) throws IOException {
        halvedPayload = PatternStream.bytes(random.nextLong(), bytes);
        halvedPacket = packet(MiddleCommand.echo(halvedPayload).encode(), false);
        client.write(halvedPacket, 0, halvedPacket.length / 2);
    }

    /** Sends the rest, and expects the answer. */
    public void sendSecondHalfOfEcho() throws IOException {
        int half = halvedPacket.length / 2;
        client.write(halvedPacket, half, halvedPacket.length - half);
        expect(receive(), halvedPayload);
    }

    /** Has the link closed under it. */
    public void killLink() throws IOException {
        send(MiddleCommand.die().encode(), false);
    }

    /** Asks for an error of four bytes. */
    public void error() throws IOException {
        send(MiddleCommand.error().encode(), false);
        expect(receive(), new byte[] {0x6c, -2, -1, -1});
    }

    /** Asks for an empty answer, of which nothing may be seen. */
    public void empty() throws IOException {
        send(MiddleCommand.empty().encode(), false);
        expect(receive(), new byte[] {1, 2, 3, 4});
    }

    /** Asks for a {@code resPQ} and verifies it. */
    public void reqPq() throws IOException {
        byte[] nonce = new byte[PqExchange.NONCE_LENGTH];
        random.nextBytes(nonce);
        send(PqExchange.request(nonce, random), false);
        PqExchange.verify(receive(), nonce);
    }

    private static void expect(byte[] message, byte[] expected) {
        if (!Arrays.equals(message, expected)) {
            throw new AssertionError("an answer of " + message.length + " bytes is not the expected one of "
                    + expected.length + ", from byte " + Arrays.mismatch(message, expected) + " on");
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
