package io.github.mtgjava.transport.obfuscated2;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.mtgjava.crypto.AesCtr;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.testkit.Feeding;
import io.github.mtgjava.testkit.Seeds;
import io.github.mtgjava.testkit.Vectors;
import io.github.mtgjava.transport.obfuscated2.ClientFrameDecoder.Status;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClientFrameFuzzTest {

    private static final byte[] KEY =
            Vectors.bytes(Vectors.client("obfuscated2_client", "secured/padded/dc2"), "secret16");

    static Stream<Arguments> seeds() {
        return Stream.of("frame", "plain_frame")
                .flatMap(field -> Seeds.of(Vectors.client("obfuscated2_client"), field));
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsTheSameHoweverItArrivesAndWhatAClientWrites(byte[] bytes) {
        Outcome outcome = Feeding.agreed(bytes, ClientFrameFuzzTest::decode);
        assertThat(outcome.consumed).isEqualTo(Math.min(bytes.length, ClientFrameDecoder.FRAME_BYTES));
        assertThat(outcome.status == Status.NEED_INPUT).isEqualTo(bytes.length < ClientFrameDecoder.FRAME_BYTES);
        if (bytes.length >= ClientFrameDecoder.FRAME_BYTES) {
            checkRoundTrip(bytes);
        }
    }

    private record Outcome(Status status, int consumed, String frame) {}

    private static Outcome decode(Feeding feeding) {
        ClientFrameDecoder decoder = new ClientFrameDecoder(KEY);
        Status status = Status.NEED_INPUT;
        int consumed = 0;
        for (ByteBuffer chunk : feeding.chunks()) {
            boolean ended = status != Status.NEED_INPUT;
            Status next = decoder.decode(chunk);
            assertThat(!ended || (next == status && chunk.position() == 0)).isTrue();
            consumed += chunk.position();
            status = next;
        }
        return new Outcome(
                status, consumed, status == Status.ACCEPTED ? decoder.frame().toString() : "");
    }

    /** The bytes as the randomness of a client. */
    private static void checkRoundTrip(byte[] bytes) {
        ProtocolTag tag = ProtocolTag.values()[(bytes[FrameLayout.TAG_OFFSET] & 0xff) % ProtocolTag.values().length];
        DcId dc = DcId.fromWire(bytes, FrameLayout.DC_OFFSET);
        ClientFrameWriter client = ClientFrameWriter.create(KEY, tag, dc, once(bytes));
        ClientFrameDecoder decoder = new ClientFrameDecoder(KEY);
        assertThat(decoder.decode(ByteBuffer.wrap(client.wire()))).isEqualTo(Status.ACCEPTED);
        ClientFrame frame = decoder.frame();
        assertThat(frame.tag()).isEqualTo(tag);
        assertThat(frame.dc()).isEqualTo(dc);
        assertThat(through(frame.uplink(), through(client.uplink(), bytes))).isEqualTo(bytes);
        assertThat(through(client.downlink(), through(frame.downlink(), bytes))).isEqualTo(bytes);
    }

    /** Something else the second time, as it is asked again for another frame if that begins like another protocol. */
    private static RandomSource once(byte[] bytes) {
        Random later = new Random(bytes.length);
        boolean[] used = {false};
        return target -> {
            if (used[0]) {
                later.nextBytes(target);
            } else {
                System.arraycopy(bytes, 0, target, 0, target.length);
            }
            used[0] = true;
        };
    }

    private static byte[] through(AesCtr keystream, byte[] bytes) {
        byte[] out = new byte[bytes.length];
        keystream.transform(bytes, 0, bytes.length, out, 0);
        return out;
    }
}
