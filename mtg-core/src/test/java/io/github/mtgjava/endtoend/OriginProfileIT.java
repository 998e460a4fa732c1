package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.probe.OriginAnswer;
import io.github.mtgjava.probe.OriginProbe;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.FakeOrigin;
import io.github.mtgjava.transport.faketls.ClientHelloWriter;
import io.github.mtgjava.transport.faketls.FirstFlightReader;
import io.github.mtgjava.transport.faketls.ServerHello;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client of the proxy and a visitor of the site are answered alike. */
@Timeout(60)
class OriginProfileIT {

    private static final RandomSource RANDOM = RandomSource.secure();

    @Test
    void theFlightIsThatOfTheSite() throws Exception {
        try (FakeOrigin origin = FakeOrigin.start()) {
            Set<Integer> sizes = new HashSet<>();
            OriginAnswer seen = ask(origin.address(), sizes);
            for (int i = 0; i < 12; i++) {
                ask(origin.address(), sizes);
            }
            try (RunningCase running = RunningCase.start(
                    Mode.TLS,
                    builder -> builder.cloakAddress(origin.address()).originProbeInterval(Duration.ofHours(6)))) {
                FirstFlightReader flight = flight(running);
                while (!isLike(flight, seen, sizes)) {
                    flight = flight(running);
                }
            }
        }
    }

    private static OriginAnswer ask(InetSocketAddress address, Set<Integer> sizes) throws Exception {
        OriginAnswer answer = OriginProbe.ask(address, FakeOrigin.HOST, RunningCase.LIMIT, RANDOM);
        sizes.add(answer.encryptedRecords().stream().mapToInt(Integer::intValue).sum());
        return answer;
    }

    /** The site's signature is of varying length, and we cannot have seen all. */
    private static boolean isLike(FirstFlightReader flight, OriginAnswer seen, Set<Integer> sizes) {
        ServerHello hello = flight.serverHello().orElseThrow();
        return hello.cipherSuite() == seen.cipherSuite()
                && hello.group() == seen.group()
                && hello.order() == seen.extensionOrder()
                && sizes.contains(flight.encryptedRecords().get(0));
    }

    private static FirstFlightReader flight(RunningCase running) throws IOException {
        byte[] hello = ClientHelloWriter.authenticated(
                FakeOrigin.HOST, running.secret.key(), Instant.now().getEpochSecond(), RANDOM);
        try (Socket socket = new Socket(
                running.proxy.address().getAddress(), running.proxy.address().getPort())) {
            socket.setSoTimeout((int) RunningCase.LIMIT.toMillis());
            socket.getOutputStream().write(hello);
            FirstFlightReader flight = new FirstFlightReader();
            byte[] buffer = new byte[16_384];
            while (flight.encryptedRecords().isEmpty()) {
                int count = socket.getInputStream().read(buffer);
                assertThat(count).isPositive();
                flight.read(ByteBuffer.wrap(buffer, 0, count));
            }
            return flight;
        }
    }
}
