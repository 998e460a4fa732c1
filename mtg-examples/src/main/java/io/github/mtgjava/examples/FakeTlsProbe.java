package io.github.mtgjava.examples;

import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.transport.faketls.ClientHelloWriter;
import io.github.mtgjava.transport.faketls.ServerFlightReader;
import io.github.mtgjava.transport.faketls.ServerFlightReader.Status;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Is this host a FakeTLS proxy with my secret? Sends the hello of a client that knows the secret, and looks whether the
 * answer was made by somebody who knows it too. Telegram is not involved.
 *
 * <pre>mtg-examples/example FakeTlsProbe HOST:PORT [SECRET]</pre>
 *
 * <p>The secret, in hex, may also stand in {@code MTG_SECRET}. Prints a line and exits with 0: yes; 1: no, what answers is
 * something else, or its clock differs from ours by minutes; 2: wrong usage; 3: unreachable, or no answer in time.
 *
 * <p>It shows the codecs alone: nothing here comes from mtg-core, only from mtg-transport and mtg-crypto, on a plain
 * blocking socket. The package {@code io.github.mtgjava.probe} has a probe that goes on to Telegram.
 */
public final class FakeTlsProbe {

    private static final Pattern SECRET =
            Pattern.compile("ee([0-9a-f]{32})((?:[0-9a-f]{2})+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern ADDRESS = Pattern.compile("(.+):([0-9]{1,5})");
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** What a probe can come to. */
    enum Answer {
        YES(0, "yes, a proxy with this secret"),
        NO(1, "no: what answers does not know this secret, or its clock differs from ours"),
        UNREACHABLE(3, "unreachable");

        private final int exitCode;
        private final String words;

        Answer(int exitCode, String words) {
            this.exitCode = exitCode;
            this.words = words;
        }
    }

    private FakeTlsProbe() {}

    /** Asks once, for at most five seconds. */
    public static void main(String[] args) {
        String secret = args.length > 1 ? args[1] : System.getenv().getOrDefault("MTG_SECRET", "");
        Matcher parts = SECRET.matcher(secret);
        Matcher where = ADDRESS.matcher(args.length > 0 ? args[0] : "");
        if (!parts.matches() || !where.matches() || Integer.parseInt(where.group(2)) > 65_535) {
            System.err.println("usage: FakeTlsProbe HOST:PORT ee…, which may also stand in MTG_SECRET");
            System.exit(2);
        }
        InetSocketAddress address = new InetSocketAddress(where.group(1), Integer.parseInt(where.group(2)));
        byte[] key = HexFormat.of().parseHex(parts.group(1));
        String host = new String(HexFormat.of().parseHex(parts.group(2)), StandardCharsets.US_ASCII);
        Answer answer;
        try {
            answer = ask(address, host, key, LIMIT);
            System.out.println(answer.words);
        } catch (IOException e) {
            answer = Answer.UNREACHABLE;
            System.out.println(answer.words + ": " + e.getMessage());
        }
        System.exit(answer.exitCode);
    }

    /**
     * Asks.
     *
     * @param host the host of the secret
     * @param key its 16 bytes
     * @param limit for everything together
     * @throws IOException if there is no connection, no answer in time, or it was cut off by a reset
     */
    static Answer ask(InetSocketAddress address, String host, byte[] key, Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        if (address.isUnresolved()) {
            throw new IOException("the host is unknown");
        }
        byte[] hello =
                ClientHelloWriter.authenticated(host, key, Instant.now().getEpochSecond(), RandomSource.secure());
        ServerFlightReader flight = new ServerFlightReader(hello, key);
        byte[] buffer = new byte[4096];
        try (Socket socket = new Socket()) {
            socket.connect(address, millisUntil(deadline));
            socket.getOutputStream().write(hello);
            Status status = Status.NEED_INPUT;
            while (status == Status.NEED_INPUT) {
                socket.setSoTimeout(millisUntil(deadline));
                int length = socket.getInputStream().read(buffer);
                if (length < 0) {
                    return Answer.NO;
                }
                status = flight.read(ByteBuffer.wrap(buffer, 0, length));
            }
            return status == Status.ACCEPTED ? Answer.YES : Answer.NO;
        }
    }

    /** At least one: to a socket zero means for ever. */
    private static int millisUntil(long deadline) throws SocketTimeoutException {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis < 1) {
            throw new SocketTimeoutException("no answer in time");
        }
        return (int) millis;
    }
}
