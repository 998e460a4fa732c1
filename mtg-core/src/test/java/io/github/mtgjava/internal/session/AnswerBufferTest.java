package io.github.mtgjava.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.crypto.AesCtr;
import io.github.mtgjava.testkit.Feeding;
import io.github.mtgjava.testkit.ManualTicker;
import io.github.mtgjava.testkit.PatternStream;
import io.github.mtgjava.transport.faketls.RecordRamp;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnswerBufferTest {

    private static final int FULL = 16_401;
    private static final byte[] ANSWER = PatternStream.bytes(1, 200_000);

    private final ManualTicker ticker = new ManualTicker();
    private final RecordRamp ramp = new RecordRamp(ticker::nanos);
    private final AnswerBuffer buffer = new AnswerBuffer();
    private final List<Integer> lengths = new ArrayList<>();

    private static AesCtr cipher() {
        return new AesCtr(new byte[AesCtr.KEY_BYTES], new byte[AesCtr.IV_BYTES]);
    }

    private static byte[] encrypted(byte[] plain) {
        byte[] encrypted = new byte[plain.length];
        cipher().transform(plain, 0, plain.length, encrypted, 0);
        return encrypted;
    }

    @Test
    void encryptsWhatIsPutUnderEveryFeeding() {
        for (Feeding feeding : Feeding.some(ANSWER)) {
            assertThat(send(feeding.chunks(), false, null)).as(feeding.name()).isEqualTo(encrypted(ANSWER));
        }
    }

    @Test
    void fillsRecordsUnderEveryFeeding() {
        for (Feeding feeding : Feeding.some(ANSWER)) {
            lengths.clear();
            assertThat(send(feeding.chunks(), true, null)).as(feeding.name()).isEqualTo(encrypted(ANSWER));
            assertThat(lengths).as(feeding.name()).hasSize(13);
            assertThat(lengths.subList(0, 12)).as(feeding.name()).containsOnly(FULL);
        }
    }

    @Test
    void letsRecordsGrowUnderEveryFeeding() {
        for (Feeding feeding : Feeding.some(ANSWER)) {
            ticker.advance(Duration.ofSeconds(1));
            lengths.clear();
            assertThat(send(feeding.chunks(), true, ramp)).as(feeding.name()).isEqualTo(encrypted(ANSWER));
            assertThat(lengths)
                    .as(feeding.name())
                    .containsExactly(
                            1364, 2733, 4102, 5471, 6840, 8209, 9578, 10_947, 12_316, 13_685, 15_054, FULL, FULL, FULL,
                            FULL, FULL, FULL, 11_295);
        }
    }

    @Test
    void goesOnGrowingWithTheNextAnswerUnlessThereWasAPause() {
        List<ByteBuffer> answer = List.of(ByteBuffer.wrap(new byte[2000]));
        send(answer, true, ramp);
        answer.get(0).rewind();
        send(answer, true, ramp);
        answer.get(0).rewind();
        ticker.advance(Duration.ofSeconds(1));
        send(answer, true, ramp);
        assertThat(lengths).containsExactly(1364, 636, 2000, 1364, 636);
    }

    @Test
    void servesClientsOfEveryKindInTurn() {
        List<ByteBuffer> chunk = List.of(ByteBuffer.wrap(ANSWER));
        for (int i = 0; i < 3; i++) {
            assertThat(send(chunk, true, ramp)).isEqualTo(encrypted(ANSWER));
            chunk.get(0).rewind();
            assertThat(send(chunk, false, null)).isEqualTo(encrypted(ANSWER));
            chunk.get(0).rewind();
            assertThat(send(chunk, true, null)).isEqualTo(encrypted(ANSWER));
            chunk.get(0).rewind();
        }
    }

    @Test
    void givesNothingForNothing() {
        AesCtr cipher = cipher();
        buffer.begin(true, null);
        assertThat(buffer.take(cipher).remaining()).isZero();
        buffer.begin(false, null);
        buffer.put(ByteBuffer.allocate(0), cipher);
        assertThat(buffer.take(cipher).remaining()).isZero();
    }

    /** As {@link MessageDownlink} does; what arrives at the client, out of its records. */
    private byte[] send(List<ByteBuffer> parts, boolean framed, @Nullable RecordRamp sizes) {
        AesCtr cipher = cipher();
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        buffer.begin(framed, sizes);
        for (ByteBuffer part : parts) {
            buffer.put(part, cipher);
            while (part.hasRemaining()) {
                unwrap(buffer.take(cipher), framed, received);
                buffer.put(part, cipher);
            }
        }
        unwrap(buffer.take(cipher), framed, received);
        return received.toByteArray();
    }

    private void unwrap(ByteBuffer written, boolean framed, ByteArrayOutputStream received) {
        while (written.hasRemaining()) {
            int length = written.remaining();
            if (framed) {
                assertThat(written.get()).isEqualTo((byte) 0x17);
                assertThat(written.getShort()).isEqualTo((short) 0x0303);
                length = written.getShort();
                lengths.add(length);
            }
            byte[] content = new byte[length];
            written.get(content);
            received.writeBytes(content);
        }
    }
}
