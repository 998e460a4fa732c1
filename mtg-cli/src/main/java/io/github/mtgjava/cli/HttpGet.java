package io.github.mtgjava.cli;

import io.github.mtgjava.IpFamily;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Fetches the first line of a very small document over a chosen family of addresses, which the JDK's client cannot do.
 * HTTP/1.0, so there are no chunks; redirects are not followed. An interrupt closes the socket.
 */
final class HttpGet {

    /** Of the answer, header included. */
    private static final int MAX_BYTES = 4096;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final Pattern STATUS_OK = Pattern.compile("HTTP/1\\.[01] 200\\b");
    private static final String HEADER_END = "\r\n\r\n";

    private HttpGet() {}

    /**
     * The first line of the document, without its end.
     *
     * @param url http or https
     * @param deadline on {@link System#nanoTime}'s scale; looking up the host is not bounded by it
     * @throws IOException if there is no good answer in time
     */
    static String firstLine(URI url, IpFamily family, long deadline) throws IOException {
        boolean secure = "https".equals(url.getScheme());
        String host = Objects.requireNonNull(url.getHost(), "host").replaceAll("[\\[\\]]", "");
        InetAddress address = Arrays.stream(InetAddress.getAllByName(host))
                .filter(family::has)
                .findFirst()
                .orElseThrow(() -> new IOException(host + " has no " + family + " address"));
        int port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
        try (SocketChannel channel = SocketChannel.open(sockets(family))) {
            Socket plain = channel.socket();
            plain.connect(new InetSocketAddress(address, port), millisLeft(deadline));
            plain.setSoTimeout(millisLeft(deadline));
            Socket socket = secure ? secured(plain, host, port) : plain;
            socket.getOutputStream().write(request(url).getBytes(StandardCharsets.US_ASCII));
            return lineOf(read(socket, plain, deadline));
        }
    }

    /** With the checks of HTTPS: the default of a plain TLS socket is to accept a certificate for any name. */
    private static SSLSocket secured(Socket plain, String host, int port) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        // Told the host's name, the factory also sends it as SNI.
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static String request(URI url) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        String port = url.getPort() >= 0 ? ":" + url.getPort() : "";
        return "GET " + path + query + " HTTP/1.0\r\nHost: " + url.getHost() + port
                + "\r\nUser-Agent: mtg-cli\r\nAccept: text/plain\r\nConnection: close\r\n\r\n";
    }

    private static String read(Socket socket, Socket plain, long deadline) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        byte[] chunk = new byte[MAX_BYTES];
        InputStream in = socket.getInputStream();
        while (answer.size() < MAX_BYTES) {
            plain.setSoTimeout(millisLeft(deadline));
            int count = in.read(chunk, 0, MAX_BYTES - answer.size());
            if (count < 0) {
                break;
            }
            answer.write(chunk, 0, count);
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }

    private static String lineOf(String answer) throws IOException {
        int headerEnd = answer.indexOf(HEADER_END);
        if (headerEnd < 0 || !STATUS_OK.matcher(answer).lookingAt()) {
            throw new IOException("not an answer with status 200 and a short header");
        }
        String document = answer.substring(headerEnd + HEADER_END.length());
        if (answer.length() == MAX_BYTES && document.indexOf('\n') < 0) {
            throw new IOException("the first line is too long, so its end is missing");
        }
        return document.lines().findFirst().orElse("").strip();
    }

    /** At least 1, as 0 would mean for ever. */
    private static int millisLeft(long deadline) throws SocketTimeoutException {
        long millis = (deadline - System.nanoTime()) / NANOS_PER_MILLI;
        if (millis <= 0) {
            throw new SocketTimeoutException("no answer in time");
        }
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }

    private static StandardProtocolFamily sockets(IpFamily family) {
        return family == IpFamily.IPV6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
    }
}
