package io.github.mtgjava.endtoend;

import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.internal.probe.OriginAnswer;
import io.github.mtgjava.internal.probe.OriginProbe;
import io.github.mtgjava.probe.ProbeException;
import io.github.mtgjava.transport.faketls.ClientHelloWriter;
import io.github.mtgjava.transport.faketls.ExtensionOrder;
import io.github.mtgjava.transport.faketls.FirstFlightReader;
import io.github.mtgjava.transport.faketls.ServerHello;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * What somebody on the way sees of the answer to a hello like those of Telegram's clients.
 *
 * @param encryptedBytes of all that is encrypted together
 */
record FirstFlight(int cipherSuite, int group, ExtensionOrder order, int encryptedBytes) {

    private static final RandomSource RANDOM = RandomSource.secure();

    /** What a site answers. */
    static FirstFlight of(InetSocketAddress site, String host) throws ProbeException {
        OriginAnswer answer = OriginProbe.ask(site, host, RunningCase.LIMIT, RANDOM);
        int bytes =
                answer.encryptedRecords().stream().mapToInt(Integer::intValue).sum();
        return new FirstFlight(answer.cipherSuite(), answer.group(), answer.extensionOrder(), bytes);
    }

    /** What the proxy answers to a client of its own. */
    static FirstFlight of(RunningCase running) throws IOException {
        byte[] hello = ClientHelloWriter.authenticated(
                RunningCase.HOST, running.secret.key(), Instant.now().getEpochSecond(), RANDOM);
        InetSocketAddress proxy = running.proxy.address();
        try (Socket socket = new Socket(proxy.getAddress(), proxy.getPort())) {
            socket.setSoTimeout((int) RunningCase.LIMIT.toMillis());
            socket.getOutputStream().write(hello);
            FirstFlightReader flight = new FirstFlightReader();
            byte[] buffer = new byte[16_384];
            while (flight.encryptedRecords().isEmpty()) {
                int count = socket.getInputStream().read(buffer);
                if (count < 0) {
                    throw new EOFException("no whole flight");
                }
                flight.read(ByteBuffer.wrap(buffer, 0, count));
            }
            ServerHello seen = flight.serverHello().orElseThrow();
            return new FirstFlight(
                    seen.cipherSuite(),
                    seen.group(),
                    seen.order(),
                    flight.encryptedRecords().get(0));
        }
    }
}
