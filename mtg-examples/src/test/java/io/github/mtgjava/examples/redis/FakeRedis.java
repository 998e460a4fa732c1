package io.github.mtgjava.examples.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.mtgjava.testkit.LoopbackServer;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** As much of Redis as a replay cache needs, on a free port of 127.0.0.1, in good days and in bad ones. Thread-safe. */
public final class FakeRedis implements AutoCloseable {

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

    private final LoopbackServer server;
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final List<List<String>> sets = new CopyOnWriteArrayList<>();
    private volatile Mood mood = Mood.ANSWERS;

    /** Answers until closed. */
    public FakeRedis() throws IOException {
        server = LoopbackServer.start("redis", LoopbackServer.ipv4(), this::serve);
    }

    /** As {@code MTG_REDIS} wants it. */
    public String uri() {
        return "redis://127.0.0.1:" + server.address().getPort();
    }

    /** From the next command on. */
    void feel(Mood next) {
        mood = next;
    }

    /** Ends all connections that are open. */
    void disconnect() {
        server.disconnect();
    }

    /** The SETs that came, word by word. */
    List<List<String>> sets() {
        return sets;
    }

    /** How many connections came. */
    int connections() {
        return server.accepted();
    }

    private void serve(Socket socket) throws IOException {
        // A proxy may have nothing to ask for long.
        socket.setSoTimeout(0);
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
    public void close() {
        server.close();
    }
}
