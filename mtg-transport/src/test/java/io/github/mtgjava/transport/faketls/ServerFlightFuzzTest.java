package io.github.mtgjava.transport.faketls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.mtgjava.crypto.HmacSha256;
import io.github.mtgjava.testkit.Feeding;
import io.github.mtgjava.testkit.Seeds;
import io.github.mtgjava.testkit.Vectors;
import io.github.mtgjava.transport.faketls.ServerFlightReader.Status;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ServerFlightFuzzTest {

    /** Of no vector. */
    private static final byte[] KEY = Vectors.drbg("fuzz key", 16);

    private static final byte[] HELLO = Hellos.classic();
    private static final int RANDOM_END = Tls.RANDOM_OFFSET + Tls.RANDOM_BYTES;
    private static final int CHANGE_CIPHER_SPEC_BYTES = 6;
    private static final int NONE = -1;

    static Stream<Arguments> seeds() {
        return Stream.concat(
                Seeds.of(Vectors.client("faketls_server_hello"), "packet"),
                // The shortest flight among them, as what is short is changed most.
                Seeds.hex(
                        "1603030026" + "02".repeat(38) + "140303000101" + "1703030001" + "ff",
                        "15030300020228",
                        "1703030010",
                        "1603034001"));
    }

    @MethodSource("seeds")
    @FuzzTest
    void acceptsWhatIsWellFormedAndSignedAndNothingElse(byte[] bytes) {
        byte[] answer = bytes.clone();
        // That it is accepted can happen: the fuzzer sees what the digest is compared with.
        Feeding.agreed(answer, ServerFlightFuzzTest::read);
        int end = end(answer);
        if (end != NONE) {
            sign(answer, end);
        }
        Outcome outcome = Feeding.agreed(answer, ServerFlightFuzzTest::read);
        assertThat(outcome.status == Status.ACCEPTED).isEqualTo(end != NONE && isWellFormed(answer));
        if (outcome.status == Status.ACCEPTED) {
            assertThat(outcome.consumed).isEqualTo(end);
        }
    }

    private record Outcome(Status status, int consumed) {}

    private static Outcome read(Feeding feeding) {
        ServerFlightReader reader = new ServerFlightReader(HELLO, KEY);
        Status status = Status.NEED_INPUT;
        int consumed = 0;
        for (ByteBuffer chunk : feeding.chunks()) {
            boolean ended = status != Status.NEED_INPUT;
            Status next = reader.read(chunk);
            assertThat(
                            ended
                                    ? next == status && chunk.position() == 0
                                    : next != Status.NEED_INPUT || !chunk.hasRemaining())
                    .isTrue();
            consumed += chunk.position();
            status = next;
        }
        return new Outcome(status, consumed);
    }

    /** Where the flight ends if its two lengths are true. */
    private static int end(byte[] answer) {
        if (answer.length < RANDOM_END) {
            return NONE;
        }
        int encrypted = encryptedAt(answer);
        int end = encrypted > answer.length ? NONE : encrypted + Tls.unsigned16(answer, encrypted - 2);
        return end <= answer.length && end >= RANDOM_END ? end : NONE;
    }

    private static int encryptedAt(byte[] answer) {
        return Tls.RECORD_HEADER_BYTES + Tls.unsigned16(answer, 3) + CHANGE_CIPHER_SPEC_BYTES + Tls.RECORD_HEADER_BYTES;
    }

    /** By means other than the reader's. */
    private static boolean isWellFormed(byte[] answer) {
        String hex = HexFormat.of().formatHex(answer);
        int serverHello = Tls.unsigned16(answer, 3);
        int encryptedAt = encryptedAt(answer);
        int encrypted = Tls.unsigned16(answer, encryptedAt - 2);
        return hex.startsWith("160303")
                && serverHello >= RANDOM_END - Tls.RECORD_HEADER_BYTES
                && serverHello <= 1 << 14
                && hex.startsWith("140303000101" + "170303", 2 * (Tls.RECORD_HEADER_BYTES + serverHello))
                && encrypted >= 1
                && encrypted <= (1 << 14) + 256;
    }

    private static void sign(byte[] answer, int length) {
        Arrays.fill(answer, Tls.RANDOM_OFFSET, RANDOM_END, (byte) 0);
        byte[] clientRandom = Arrays.copyOfRange(HELLO, Tls.RANDOM_OFFSET, RANDOM_END);
        byte[] digest = HmacSha256.of(KEY, clientRandom, Arrays.copyOf(answer, length));
        System.arraycopy(digest, 0, answer, Tls.RANDOM_OFFSET, digest.length);
    }
}
