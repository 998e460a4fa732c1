package io.github.mtgjava.testkit;

import io.github.mtgjava.testkit.FakeMiddleProxy.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** One link to a {@link FakeMiddleProxy}, served by its own thread. */
final class MiddleLink {
    private static final int NONCE = 0x7acb87aa;
    private static final int HANDSHAKE = 0x7682eef5;
    private static final int HANDSHAKE_ERROR = 0x6a27beda;
    private static final int PROXY_ANS = 0x4403da0d;
    private static final int SIMPLE_ACK = 0x3bac409b;
    private static final int CLOSE_EXT = 0x5eb634a2;
    private static final int CLOSE_CONN = 0x1fcf425d;
    private static final int PING = 0x5730a2df;
    private static final int PONG = 0x8430eaa7;
    /** How many answers of a burst follow each other without padding, if any do. */
    private static final int TOGETHER = 7;

    private final FakeMiddleProxy proxy;
    private final int number;
    private final Socket socket;
    private final MiddleBehaviour behaviour;
    private final MiddleFrames frames;
    private final Random random = new Random();
    /** Guarded by the proxy's monitor. */
    private final Set<Long> clients = new HashSet<>();
    /** What the proxy closed. Guarded by the proxy's monitor. */
    private final Set<Long> closed = new HashSet<>();
    /** What we closed. Guarded by the proxy's monitor. */
    private final Set<Long> ended = new HashSet<>();

    MiddleLink(FakeMiddleProxy proxy, int number, Socket socket, MiddleBehaviour behaviour) throws IOException {
        this.proxy = proxy;
        this.number = number;
        this.socket = socket;
        this.behaviour = behaviour;
        this.frames = new MiddleFrames(socket.getInputStream(), socket.getOutputStream());
    }

    int number() {
        return number;
    }

    Socket socket() {
        return socket;
    }

    MiddleFrames frames() {
        return frames;
    }

    /** Guarded by the proxy's monitor. */
    Set<Long> clients() {
        return clients;
    }

    /** The connection ids that the proxy closed. Guarded by the proxy's monitor. */
    Set<Long> closed() {
        return closed;
    }

    /** The connection ids that were closed from here; requests for them may still come. Guarded by the proxy's monitor. */
    Set<Long> ended() {
        return ended;
    }

    void serve() throws IOException {
        switch (behaviour) {
            case CLOSES -> {
                return;
            }
            case SILENT -> {
                awaitEnd();
                return;
            }
            case ONE_BYTE_SEGMENTS -> frames.writeInOneByteSegments();
            case PADDING_FIRST -> frames.writePaddingFirst();
            default -> {}
        }
        if (!handshake() || behaviour == MiddleBehaviour.STILLBORN) {
            return;
        }
        socket.setSoTimeout(0);
        proxy.change(() -> proxy.stand(this));
        if (behaviour == MiddleBehaviour.NOT_READING) {
            proxy.awaitRelease();
        }
        for (Optional<byte[]> payload = frames.read(); payload.isPresent(); payload = frames.read()) {
            onPayload(payload.get());
        }
    }

    private void awaitEnd() throws IOException {
        socket.setSoTimeout(0);
        while (socket.getInputStream().read() >= 0) {
            continue;
        }
    }

    private boolean handshake() throws IOException {
        byte[] nonce = frames.read().orElse(null);
        if (nonce == null) {
            return false;
        }
        ByteBuffer request = MiddleFrames.little(nonce);
        byte[] selector = Arrays.copyOf(proxy.secret(), 4);
        MiddleFrames.expect(nonce.length == 32 && request.getInt() == NONCE, "no nonce");
        MiddleFrames.expect(Arrays.equals(Arrays.copyOfRange(nonce, 4, 8), selector), "another key selector");
        MiddleFrames.expect(request.getInt(8) == 1, "another schema");
        int seconds = request.getInt(12);
        MiddleFrames.expect(Math.abs(seconds - proxy.seconds()) <= 30, "a time too far from ours");
        frames.skipPlainPadding();
        byte[] ourNonce = new byte[16];
        random.nextBytes(ourNonce);
        answerNonce(selector, ourNonce);
        InetAddress seen = proxy.publicAddress().orElse(socket.getInetAddress());
        MiddleCipher cipher = new MiddleCipher(
                proxy.secret(),
                Arrays.copyOfRange(nonce, 16, 32),
                ourNonce,
                seconds,
                seen,
                socket.getPort(),
                socket.getLocalAddress(),
                socket.getLocalPort());
        frames.encrypt(cipher.incoming(), cipher.outgoing());
        switch (behaviour) {
            case SILENT_AFTER_NONCE -> {
                awaitEnd();
                return false;
            }
            case CLOSES_AFTER_NONCE, WRONG_SELECTOR, WRONG_SCHEMA, FAST_CLOCK, SLOW_CLOCK, BAD_NONCE -> {
                return false;
            }
            default -> {
                return answerHandshake();
            }
        }
    }

    private void answerNonce(byte[] selector, byte[] ourNonce) throws IOException {
        int ahead = switch (behaviour) {
            case FAST_CLOCK -> 60;
            case SLOW_CLOCK -> -60;
            default -> 0;
        };
        if (behaviour == MiddleBehaviour.WRONG_SELECTOR) {
            selector[0] ^= 1;
        }
        byte[] answer = MiddleFrames.little(new byte[32])
                .putInt(NONCE)
                .put(selector)
                .putInt(behaviour == MiddleBehaviour.WRONG_SCHEMA ? 0 : 1)
                .putInt(proxy.seconds() + ahead)
                .put(ourNonce)
                .array();
        switch (behaviour) {
            case BAD_NONCE -> frames.writeBroken(MiddleFrames.Break.CHECKSUM);
            case PADDED_NONCE -> frames.writePadded(answer);
            default -> frames.write(answer);
        }
    }

    private boolean answerHandshake() throws IOException {
        byte[] handshake = frames.read().orElse(null);
        if (handshake == null) {
            return false;
        }
        MiddleFrames.expect(
                handshake.length == 32 && MiddleFrames.little(handshake).getInt() == HANDSHAKE, "no handshake");
        MiddleFrames.expect(MiddleFrames.little(handshake).getInt(4) == 0, "flags in its handshake");
        byte[] pid = Arrays.copyOfRange(handshake, 8, 20);
        byte[] ourPid = new byte[12];
        random.nextBytes(ourPid);
        switch (behaviour) {
            case HANDSHAKE_ERROR ->
                frames.write(MiddleFrames.little(new byte[20])
                        .putInt(HANDSHAKE_ERROR)
                        .putInt(-4)
                        .put(ourPid)
                        .array());
            case GARBAGE -> socket.getOutputStream().write(PatternStream.bytes(random.nextLong(), 64));
            default ->
                frames.write(MiddleFrames.little(new byte[32])
                        .putInt(HANDSHAKE)
                        .putInt(0)
                        .put(ourPid)
                        .put(behaviour == MiddleBehaviour.WRONG_PEER ? ourPid : pid)
                        .array());
        }
        switch (behaviour) {
            case HANDSHAKE_ERROR, GARBAGE, WRONG_PEER -> {
                awaitEnd();
                return false;
            }
            default -> {
                return true;
            }
        }
    }

    private void onPayload(byte[] payload) throws IOException {
        MiddleFrames.expect(payload.length >= 4, "a payload without a tag");
        ByteBuffer in = MiddleFrames.little(payload);
        int tag = in.getInt();
        if (tag == MiddleRequest.TAG) {
            onRequest(payload);
        } else if (tag == CLOSE_CONN) {
            MiddleFrames.expect(payload.length == 12, "a close of " + payload.length + " bytes");
            proxy.change(() -> proxy.records().closedByProxy(this, in.getLong(4)));
        } else if (tag == PONG) {
            MiddleFrames.expect(payload.length == 12, "a pong of " + payload.length + " bytes");
            proxy.change(() -> proxy.records().pong(in.getLong(4)));
        } else {
            MiddleFrames.expect(tag == PING && payload.length == 12, "an unknown payload");
            proxy.change(proxy.records()::pinged);
            if (behaviour != MiddleBehaviour.DEAF) {
                frames.write(withId(PONG, in.getLong(4)));
            }
        }
    }

    private void onRequest(byte[] payload) throws IOException {
        Request request = MiddleRequest.read(number, payload);
        long id = request.connectionId();
        proxy.change(() -> proxy.records().requested(this, request));
        if (behaviour == MiddleBehaviour.DEAF) {
            return;
        }
        byte[] message = MiddleRequest.message(payload);
        if ((request.flags() & MiddleRequest.QUICK_ACK) != 0) {
            frames.write(MiddleFrames.little(new byte[16])
                    .putInt(SIMPLE_ACK)
                    .putLong(id)
                    .putInt(MiddleCommand.confirm(message))
                    .array());
        }
        if ((request.flags() & MiddleRequest.NOT_ENCRYPTED) != 0) {
            answer(id, PqExchange.answer(message, random));
        } else {
            obey(id, MiddleCommand.decode(message));
        }
    }

    private void obey(long id, MiddleCommand command) throws IOException {
        switch (command.op()) {
            case 'E' -> answer(id, command.payload());
            case 'B' -> burst(id, command);
            case 'X' -> {
                burst(id, command);
                closeExt(id);
            }
            case 'S' -> answer(id, MiddleCommand.verdict(command.isIntact()));
            case 'M' -> {}
            case '4' -> answer(id, new byte[] {0x6c, -2, -1, -1});
            case 'D' -> socket.close();
            case 'N' -> {
                answer(id, new byte[0]);
                answer(id, new byte[] {1, 2, 3, 4});
            }
            default -> throw new AssertionError("no such command: " + command.op());
        }
    }

    private void burst(long id, MiddleCommand command) throws IOException {
        int together = behaviour == MiddleBehaviour.PADDING_FIRST ? TOGETHER : 1;
        for (int i = 0; i < command.count(); i += together) {
            frames.write(IntStream.range(i, Math.min(i + together, command.count()))
                    .mapToObj(index -> MiddleCommand.burstAnswer(index, command.size(), command.seed()))
                    .map(data -> answerPayload(id, data))
                    .toArray(byte[][]::new));
        }
    }

    void answer(long id, byte[] data) throws IOException {
        frames.write(answerPayload(id, data));
    }

    private static byte[] answerPayload(long id, byte[] data) {
        return MiddleFrames.little(new byte[16 + data.length])
                .putInt(PROXY_ANS)
                .putInt(0)
                .putLong(id)
                .put(data)
                .array();
    }

    void closeExt(long id) throws IOException {
        proxy.change(() -> {
            clients.remove(id);
            ended.add(id);
        });
        frames.write(withId(CLOSE_EXT, id));
    }

    void ping(long id) throws IOException {
        frames.write(withId(PING, id));
    }

    private static byte[] withId(int tag, long id) {
        return MiddleFrames.little(new byte[12]).putInt(tag).putLong(id).array();
    }
}
