package io.github.mtgjava.prober;

import static io.github.mtgjava.prober.Bytes.ascii;
import static io.github.mtgjava.prober.Bytes.pieces;
import static io.github.mtgjava.prober.Step.finish;
import static io.github.mtgjava.prober.Step.send;

import java.util.List;

/** HTTP in the clear, where TLS is expected. */
final class HttpProbes {

    private static final String HOST = "Host: origin.test\r\n";
    private static final byte[] GET = ascii("GET / HTTP/1.1\r\n" + HOST + "\r\n");
    private static final int HUGE_CHARS = 64 * 1024;
    private static final int SEGMENT_BYTES = 7;

    private HttpProbes() {}

    static byte[] get() {
        return GET.clone();
    }

    static List<Probe> all() {
        return List.of(
                Probe.of("HTTP GET", send(GET)),
                Probe.of("HTTP GET of HTTP/1.0", send(ascii("GET / HTTP/1.0\r\n\r\n"))),
                Probe.of("HTTP GET without a version", send(ascii("GET /\r\n"))),
                Probe.of("HTTP GET in small segments", send(pieces(GET, SEGMENT_BYTES))),
                Probe.of("HTTP GET, then FIN", send(GET), finish()),
                Probe.of("half an HTTP GET", send(ascii("GET / HT"))),
                Probe.of(
                        "HTTP POST with a body",
                        send(ascii("POST / HTTP/1.1\r\n" + HOST + "Content-Length: 11\r\n\r\nhello=world"))),
                Probe.of("HTTP GETs in a pipeline", send(Bytes.join(GET, GET, GET))),
                Probe.of(
                        "HTTP/2 preface",
                        send(ascii("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), Bytes.hex("000000040000000000"))),
                Probe.of(
                        "HTTP CONNECT",
                        send(ascii("CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n"))),
                Probe.of("HTTP OPTIONS", send(ascii("OPTIONS * HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n"))),
                Probe.of(
                        "HTTP GET with a huge header",
                        send(ascii("GET / HTTP/1.1\r\n" + HOST + "Cookie: " + "a".repeat(HUGE_CHARS) + "\r\n\r\n"))),
                Probe.of("empty lines", send(ascii("\r\n\r\n"))));
    }
}
