package io.github.mtgjava.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers every connection with the same text after its request's header, or with silence. Daemon threads only. */
final class OneShotServer implements AutoCloseable {

    private final ServerSocket listener;
    private final String answer;
    private final boolean thenSilent;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** In an answer: the time at which it is given. */
    static final String NOW = "{now}";

    OneShotServer(ServerSocket listener, String answer, boolean thenSilent) {
        this.listener = listener;
        this.answer = answer;
        this.thenSilent = thenSilent;
        start(this::accept);
    }

    /** Serves a document over HTTP on a loopback address. */
    static OneShotServer http(String host, String document) throws IOException {
        return raw(host, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + document);
    }

    static OneShotServer raw(String host, String answer) throws IOException {
        return new OneShotServer(new ServerSocket(0, 10, InetAddress.getByName(host)), answer, false);
    }

    /** Sends what it is given and then nothing, for ever. */
    static OneShotServer silent(String host, String answer) throws IOException {
        return new OneShotServer(new ServerSocket(0, 10, InetAddress.getByName(host)), answer, true);
    }

    URI url() {
        String host = listener.getInetAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port() + "/ip");
    }

    int port() {
        return listener.getLocalPort();
    }

    List<String> requests() {
        return requests;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() throws IOException {
        while (!listener.isClosed()) {
            Socket socket = listener.accept();
            sockets.add(socket);
            start(() -> serve(socket));
        }
    }

    private void serve(Socket socket) throws IOException {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                break;
            }
            request.append((char) next);
        }
        requests.add(request.toString());
        String now = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
        socket.getOutputStream().write(answer.replace(NOW, now).getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        if (!thenSilent) {
            socket.close();
        }
    }

    private interface Body {
        void run() throws IOException;
    }

    /** Failures end the thread: a client that hangs up, and closing, are expected. */
    private static void start(Body body) {
        Thread thread = new Thread(() -> {
            try {
                body.run();
            } catch (IOException hungUpOrClosed) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
