package io.github.mtgjava.transport.socks5;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.mtgjava.testkit.Feeding;
import io.github.mtgjava.testkit.Seeds;
import io.github.mtgjava.transport.socks5.Socks5Handshake.Status;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every stream of a server, to a client that can log in and one that cannot. */
class Socks5FuzzTest {

    private static final Credentials LOGIN = Credentials.of(new byte[] {'u'}, new byte[] {'p'});
    private static final byte[] TARGET = {10, 0, 0, 1};

    /** The longest of each part, with a name of 255 bytes. */
    private static final int MOST_BYTES = 2 + 2 + 2 + 2 + 1 + 255 + 2;

    static Stream<Arguments> seeds() {
        String ipv4 = "05000001" + "cb007105" + "9c40";
        return Seeds.hex(
                "0500" + ipv4,
                "0502" + "0100" + ipv4,
                "0502" + "0101",
                "05ff",
                "0500" + "05000004" + "20010db8000000000000000000000001" + "9c40" + "00",
                "0500" + "05000003" + "04" + "686f7374" + "9c40" + "0102",
                "0500" + "05000003" + "ff" + "61".repeat(255) + "0000",
                "0500" + "0505",
                "0500" + "05000002",
                "0400");
    }

    @MethodSource("seeds")
    @FuzzTest
    void endsTheSameHoweverItArrivesAndTakesNothingOfTheConnection(byte[] stream) {
        for (Credentials credentials : Arrays.asList(null, LOGIN)) {
            Outcome outcome = Feeding.agreed(stream, feeding -> talk(credentials, feeding));
            assertThat(outcome.consumed).isLessThanOrEqualTo(MOST_BYTES);
            assertThat(outcome.missing == 0).isEqualTo(outcome.status != Status.NEED_INPUT);
            if (outcome.status == Status.NEED_INPUT) {
                assertThat(outcome.consumed).isEqualTo(stream.length);
            }
        }
    }

    private record Outcome(Status status, int consumed, int missing, List<ByteBuffer> said, String end) {}

    private static Outcome talk(Credentials credentials, Feeding feeding) {
        Socks5Handshake handshake = new Socks5Handshake(TARGET, 443, credentials);
        List<ByteBuffer> said = new ArrayList<>(List.of(handshake.output()));
        Status status = Status.NEED_INPUT;
        int consumed = 0;
        for (ByteBuffer chunk : feeding.chunks()) {
            boolean ended = status != Status.NEED_INPUT;
            Status next = handshake.read(chunk);
            while (next == Status.WRITE) {
                said.add(handshake.output());
                next = handshake.read(chunk);
            }
            assertThat(
                            ended
                                    ? next == status && chunk.position() == 0
                                    : next != Status.NEED_INPUT || !chunk.hasRemaining())
                    .isTrue();
            consumed += chunk.position();
            status = next;
        }
        return new Outcome(status, consumed, handshake.missing(), said, end(handshake, status));
    }

    private static String end(Socks5Handshake handshake, Status status) {
        return switch (status) {
            case CONNECTED -> {
                BoundAddress bound = handshake.bound();
                assertThat(bound.port()).isBetween(0, 65_535);
                assertThat(bound.address().length).matches(bytes -> bound.isName() || bytes == 4 || bytes == 16);
                yield Arrays.toString(bound.address()) + " " + bound.port();
            }
            case REJECTED -> handshake.fault().toString();
            default -> "";
        };
    }
}
