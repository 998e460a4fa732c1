package io.github.mtgjava.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.internal.probe.ResPqReader.Status;
import io.github.mtgjava.testkit.Feeding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResPqReaderTest {

    private static final int RES_PQ = 0x05162463;
    private static final byte[] NONCE = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int BODY = 64;

    @Test
    void acceptsAnAnswerHoweverItIsChoppedAndPadded() {
        for (int padding = 0; padding < 16; padding++) {
            for (Feeding feeding : Feeding.all(answer(padding))) {
                ResPqReader reader = new ResPqReader(NONCE);
                Status status = Status.NEED_INPUT;
                for (ByteBuffer chunk : feeding.chunks()) {
                    assertThat(status).isEqualTo(Status.NEED_INPUT);
                    status = reader.read(chunk);
                }
                assertThat(status).as(feeding.name()).isEqualTo(Status.ACCEPTED);
            }
        }
    }

    @Test
    void leavesWhatFollows() {
        byte[] answer = answer(0);
        ByteBuffer in = ByteBuffer.wrap(Arrays.copyOf(answer, answer.length + 7));
        assertThat(new ResPqReader(NONCE).read(in)).isEqualTo(Status.ACCEPTED);
        assertThat(in.remaining()).isEqualTo(7);
    }

    @Test
    void rejectsWhatIsWrongInAnyFieldThatMatters() {
        for (int at = 4; at < 4 + 8; at++) {
            assertRejected(changed(at), "not the resPQ"); // auth_key_id
        }
        for (int at = 4 + 20; at < 4 + 20 + 4 + 16; at++) {
            assertRejected(changed(at), "not the resPQ"); // constructor and nonce
        }
        assertRejected(little(answer(0)).putInt(4 + 16, BODY + 1).array(), "not the resPQ");
        assertRejected(little(answer(0)).putInt(4 + 16, 35).array(), "not the resPQ");
        assertRejected(little(answer(0)).putInt(4 + 16, -1).array(), "not the resPQ");
    }

    @Test
    void takesNoLengthOutOfBounds() {
        for (int length : new int[] {0, 3, 1025, Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
            assertRejected(little(new byte[4]).putInt(length).array(), "no MTProto packet");
        }
    }

    @Test
    void tellsTelegramsErrors() {
        assertRejected(little(new byte[8]).putInt(4).putInt(-404).array(), "error -404");
        assertRejected(little(new byte[11]).putInt(7).putInt(-429).array(), "error -429");
    }

    @Test
    void rejectsShortMessages() {
        for (int length = 16; length < 20 + 36; length++) {
            byte[] shortened = little(Arrays.copyOf(answer(0), 4 + length))
                    .putInt(0, length)
                    .array();
            assertRejected(shortened, "not the resPQ");
        }
    }

    @Test
    void survivesNoise() {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            if (noise.length > 4) {
                noise[1] = noise[2] = noise[3] = 0;
            }
            assertThat(new ResPqReader(NONCE).read(ByteBuffer.wrap(noise))).isNotEqualTo(Status.ACCEPTED);
        }
    }

    private static void assertRejected(byte[] stream, String reason) {
        ResPqReader reader = new ResPqReader(NONCE);
        assertThat(reader.read(ByteBuffer.wrap(stream))).isEqualTo(Status.REJECTED);
        assertThat(reader.reason()).contains(reason);
    }

    private static byte[] changed(int at) {
        byte[] changed = answer(0);
        changed[at] ^= 1;
        return changed;
    }

    private static byte[] answer(int padding) {
        return little(new byte[4 + 20 + BODY + padding])
                .putInt(20 + BODY + padding)
                .putLong(0)
                .putLong(0x1122334455667788L)
                .putInt(BODY)
                .putInt(RES_PQ)
                .put(NONCE)
                .array();
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
