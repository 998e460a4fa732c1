package io.github.mtgjava.examples.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** As much of Redis as a replay cache needs, on a free port of 127.0.0.1, in good days and in bad ones. Thread-safe. */
final class FakeRedis implements AutoCloseable {

    /** What becomes of commands. */
    enum Mood {
        ANSWERS,
        /** SETs are refused, as by a server that is full. */
        REFUSES,
        /** Commands are read, and nothing else. */
        SILENT,
        /** Whoever comes, or is here and says something, is disconnected. */
        HANGS_UP
    }

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final List<List<String>> sets = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Mood mood = Mood.ANSWERS;

    FakeRedis() throws IOException {
        fork(this::accept);
    }

    String uri() {
        return "redis://127.0.0.1:" + listener.getLocalPort();
    }

    /** From the next command on. */
    void feel(Mood next) {
        mood = next;
    }

    /** Ends all connections that are open. */
    void disconnect() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** The SETs that came, word by word. */
    List<List<String>> sets() {
        return sets;
    }

    /** How many connections came. */
    int connections() {
        return connections.get();
    }

    private interface Body {
        void run() throws IOException;
    }

    private static void fork(Body body) {
        Thread thread = new Thread(
                () -> {
                    try {
                        body.run();
                    } catch (IOException ended) {
                        // By either side: the test sees that at its own end.
                    }
                },
                "fake-redis");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket socket = listener.accept();
            connections.incrementAndGet();
            sockets.add(socket);
            fork(() -> serve(socket));
        }
    }

    private void serve(Socket socket) throws IOException {
        try (socket) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            while (mood != Mood.HANGS_UP) {
                List<String> command = read(in);
                Mood now = mood;
                if (now == Mood.HANGS_UP) {
                    return;
                }
                String answer = answer(command, now);
                if (now != Mood.SILENT) {
                    OutputStream out = socket.getOutputStream();
                    out.write((answer + "\r\n").getBytes(US_ASCII));
                }
            }
        }
    }

    private String answer(List<String> command, Mood now) {
        return switch (command.get(0).toUpperCase(Locale.ROOT)) {
            case "PING" -> "+PONG";
            case "SET" -> {
                sets.add(command);
                if (now == Mood.REFUSES) {
                    yield "-OOM command not allowed when used memory > 'maxmemory'.";
                }
                yield keys.add(command.get(1)) ? "+OK" : "$-1";
            }
            default -> "+OK";
        };
    }

    /** An array of strings, as all commands are. */
    private static List<String> read(DataInputStream in) throws IOException {
        int count = number(in, '*');
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] word = new byte[number(in, '$')];
            in.readFully(word);
            in.readFully(new byte[2]);
            words.add(new String(word, US_ASCII));
        }
        return words;
    }

    private static int number(DataInputStream in, char kind) throws IOException {
        if (in.readUnsignedByte() != kind) {
            throw new EOFException("not a command");
        }
        StringBuilder digits = new StringBuilder();
        for (char next = (char) in.readUnsignedByte(); next != '\r'; next = (char) in.readUnsignedByte()) {
            digits.append(next);
        }
        in.readFully(new byte[1]);
        return Integer.parseInt(digits.toString());
    }

    @Override
    public void close() throws IOException {
        listener.close();
        disconnect();
    }
}
