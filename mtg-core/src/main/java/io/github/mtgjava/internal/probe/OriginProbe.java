package io.github.mtgjava.internal.probe;

import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.probe.ProbeException;
import io.github.mtgjava.transport.faketls.ClientHelloWriter;
import io.github.mtgjava.transport.faketls.ExtensionOrder;
import io.github.mtgjava.transport.faketls.FirstFlightReader;
import io.github.mtgjava.transport.faketls.FirstFlightReader.Status;
import io.github.mtgjava.transport.faketls.ServerHello;
import io.github.mtgjava.transport.proxyprotocol.ProxyHeader;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * Shows a TLS server a ClientHello like those of today's Telegram clients, with an X25519MLKEM768 and an X25519 key share,
 * and looks at the records of its first flight from outside. Nothing is decrypted and no certificate is verified.
 */
public final class OriginProbe {

    private static final byte[] NOTHING = new byte[0];
    private static final Duration SILENCE = Duration.ofMillis(300);

    /** The alert of a server that speaks none of the versions offered, which are 1.3 and 1.2 (RFC 8446, 6.2). */
    private static final int PROTOCOL_VERSION = 70;

    private OriginProbe() {}

    /**
     * Asks and reads until the server falls silent for 300 ms, ends the stream, has sent 64 records or 128 KB, or the limit
     * passes between two records. At least one encrypted record is waited for, as every server of TLS 1.3 sends some.
     *
     * @param address where the server is, resolved
     * @param host the name to ask for (SNI): 1 to 255 printable ASCII characters
     * @param limit for everything together, connecting included
     * @param random for the whole hello
     * @return what the first flight looks like; {@link OriginAnswer#tls13} is false for a server that chooses an older version
     *     or refuses with the alert protocol_version
     * @throws ProbeException if there was no whole answer in time, none that can be read, or any other alert
     * @throws IllegalArgumentException if the host is no host name, the address is unresolved or the limit not positive
     */
    public static OriginAnswer ask(InetSocketAddress address, String host, Duration limit, RandomSource random)
            throws ProbeException {
        return ask(address, host, limit, SILENCE, NOTHING, random);
    }

    /**
     * The same for a server that expects a header of the PROXY protocol, version 2, before anything else: it gets one that
     * says that nobody is spoken for.
     *
     * @throws ProbeException as {@link #ask}
     * @throws IllegalArgumentException as {@link #ask}
     */
    public static OriginAnswer askWithProxyHeader(
            InetSocketAddress address, String host, Duration limit, RandomSource random) throws ProbeException {
        return ask(address, host, limit, SILENCE, ProxyHeader.local(), random);
    }

    /** With another idea of how long a silence ends the flight. */
    static OriginAnswer ask(
            InetSocketAddress address, String host, Duration limit, Duration silence, RandomSource random)
            throws ProbeException {
        return ask(address, host, limit, silence, NOTHING, random);
    }

    private static OriginAnswer ask(
            InetSocketAddress address,
            String host,
            Duration limit,
            Duration silence,
            byte[] header,
            RandomSource random)
            throws ProbeException {
        byte[] hello = ClientHelloWriter.anonymous(host, random);
        try (Line line = Line.connect("the server", address, limit)) {
            line.waitFor("an answer to the ClientHello", "");
            line.write(ByteBuffer.allocate(header.length + hello.length)
                    .put(header)
                    .put(hello)
                    .array());
            FirstFlightReader flight = new FirstFlightReader();
            return switch (readAll(line, flight, silence)) {
                case ALERT -> refusal(line, flight.alert().orElseThrow());
                case REJECTED -> throw line.badAnswer("answered the ClientHello, but not as a TLS server");
                default -> answer(flight);
            };
        }
    }

    private static Status readAll(Line line, FirstFlightReader flight, Duration silence) throws ProbeException {
        Status status = Status.NEED_SERVER_HELLO;
        while (status == Status.NEED_SERVER_HELLO || status == Status.NEED_RECORDS) {
            boolean mayEnd =
                    flight.isBetweenRecords() && !flight.encryptedRecords().isEmpty();
            ByteBuffer in = mayEnd ? line.readUntilSilence(silence) : line.read();
            if (!in.hasRemaining()) {
                return status;
            }
            status = flight.read(in);
        }
        return status;
    }

    private static OriginAnswer refusal(Line line, int alert) throws ProbeException {
        if (alert == PROTOCOL_VERSION) {
            return new OriginAnswer(false, 0, 0, false, ExtensionOrder.KEY_SHARE_FIRST, List.of());
        }
        throw line.badAnswer("answered the ClientHello with the TLS alert " + alert);
    }

    private static OriginAnswer answer(FirstFlightReader flight) {
        ServerHello hello = flight.serverHello().orElseThrow();
        return hello.tls13()
                ? new OriginAnswer(
                        true,
                        hello.cipherSuite(),
                        hello.group(),
                        hello.helloRetryRequest(),
                        hello.order(),
                        flight.encryptedRecords())
                : new OriginAnswer(false, hello.cipherSuite(), 0, false, hello.order(), List.of());
    }
}
