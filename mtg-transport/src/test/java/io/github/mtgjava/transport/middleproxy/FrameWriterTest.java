package io.github.mtgjava.transport.middleproxy;

import static io.github.mtgjava.testkit.Vectors.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.gson.JsonObject;
import io.github.mtgjava.crypto.AesCbc;
import io.github.mtgjava.testkit.Feeding;
import io.github.mtgjava.testkit.Vectors;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameWriterTest {

    private static final byte[] KEY = Vectors.drbg("frame key", AesCbc.KEY_BYTES);
    private static final byte[] IV = Vectors.drbg("frame iv", AesCbc.IV_BYTES);

    /** The one without a payload is nothing that a proxy sends. */
    @TestFactory
    Stream<DynamicTest> writesEveryVectorFromPartsOfEverySizeIntoRoomsOfEverySize() {
        return Vectors.middle("frames_encode").stream()
                .filter(vector -> bytes(vector, "payload").length > 0)
                .map(vector -> DynamicTest.dynamicTest(
                        "seq " + vector.get("seq") + ", " + bytes(vector, "payload").length + " bytes",
                        () -> check(vector)));
    }

    private static void check(JsonObject vector) {
        byte[] payload = bytes(vector, "payload");
        byte[] padded = bytes(vector, "padded");
        assertThat(FrameWriter.frameBytes(payload.length)).isEqualTo(padded.length);
        for (int room : new int[] {1, 3, 16, 100_000}) {
            for (Feeding feeding : Feeding.some(payload)) {
                FrameWriter writer = new FrameWriter(vector.get("seq").getAsInt());
                assertThat(write(writer, feeding.chunks(), room))
                        .as(feeding.name() + " into " + room)
                        .isEqualTo(padded);
            }
        }
    }

    @Test
    void encryptsFromTheNextFrameOnAndChainsFrames() {
        FrameWriter plain = new FrameWriter();
        FrameWriter writer = new FrameWriter();
        byte[] first = Vectors.drbg("first", 32);
        byte[] second = Vectors.drbg("second", 10_000);
        byte[] third = Vectors.drbg("third", 4096 - 12);
        assertThat(write(writer, first, 50)).isEqualTo(write(plain, first, 50));
        writer.encryptWith(AesCbc.encrypting(KEY, IV));

        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        expected.writeBytes(write(plain, second, 100_000));
        expected.writeBytes(write(plain, third, 100_000));
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        wire.writeBytes(write(writer, second, 7));
        wire.writeBytes(write(writer, third, 7));
        byte[] decrypted = new byte[wire.size()];
        AesCbc.decrypting(KEY, IV).transform(wire.toByteArray(), 0, wire.size(), decrypted, 0);
        assertThat(decrypted).isEqualTo(expected.toByteArray());
    }

    /** With the header it fills whole pieces, so that the checksum begins another. */
    @ParameterizedTest
    @ValueSource(ints = {4084, 4088, 4092, 8184, 12_280})
    void writesFramesThatEndNearTheEndOfAPiece(int bytes) {
        byte[] payload = Vectors.drbg("payload", bytes);
        for (int room : new int[] {1, 7, 16, 4096, 100_000}) {
            byte[] wire = write(new FrameWriter(), payload, room);
            assertThat(wire).as("into " + room).hasSize(FrameWriter.frameBytes(bytes));
            FrameReader reader = new FrameReader();
            assertThat(reader.read(ByteBuffer.wrap(wire))).isEqualTo(FrameReader.Status.FRAME);
            assertThat(reader.payload()).isEqualTo(ByteBuffer.wrap(payload));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-4, 0, 1, 2, 3, 5, FrameWriter.MAX_PAYLOAD_BYTES + 4, Integer.MAX_VALUE})
    void refusesPayloadsThatNoFrameHas(int bytes) {
        assertThatIllegalArgumentException().isThrownBy(() -> new FrameWriter().begin(bytes));
    }

    @Test
    void refusesToBeUsedOutOfOrder() {
        FrameWriter writer = new FrameWriter();
        ByteBuffer out = ByteBuffer.allocate(100);
        writer.begin(8);
        assertThatIllegalStateException().isThrownBy(() -> writer.begin(8));
        assertThatIllegalStateException().isThrownBy(() -> writer.finish(out));
        assertThatIllegalStateException().isThrownBy(() -> writer.put(ByteBuffer.allocate(12), out));
        assertThat(writer.put(ByteBuffer.allocate(8), out)).isTrue();
        assertThat(writer.finish(out)).isTrue();
        writer.begin(8);
    }

    static byte[] write(FrameWriter writer, byte[] payload, int room) {
        return write(writer, List.of(ByteBuffer.wrap(payload)), room);
    }

    private static byte[] write(FrameWriter writer, List<ByteBuffer> parts, int room) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        ByteBuffer out = ByteBuffer.allocateDirect(room);
        writer.begin(parts.stream().mapToInt(ByteBuffer::remaining).sum());
        for (ByteBuffer part : parts) {
            while (!writer.put(part, out)) {
                drain(out, wire);
            }
        }
        while (!writer.finish(out)) {
            drain(out, wire);
        }
        drain(out, wire);
        return wire.toByteArray();
    }

    private static void drain(ByteBuffer out, ByteArrayOutputStream wire) {
        out.flip();
        while (out.hasRemaining()) {
            wire.write(out.get());
        }
        out.clear();
    }
}
