package io.github.mtgjava.transport.middleproxy;

import static io.github.mtgjava.testkit.Vectors.bytes;
import static io.github.mtgjava.testkit.Vectors.string;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.github.mtgjava.crypto.AesCbc;
import io.github.mtgjava.testkit.Feeding;
import io.github.mtgjava.testkit.Vectors;
import io.github.mtgjava.transport.middleproxy.FrameReader.Fault;
import io.github.mtgjava.transport.middleproxy.FrameReader.Status;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FrameReaderTest {

    private static final byte[] KEY = Vectors.drbg("frame key", AesCbc.KEY_BYTES);
    private static final byte[] IV = Vectors.drbg("frame iv", AesCbc.IV_BYTES);

    @TestFactory
    Stream<DynamicTest> readsEveryPlainVectorUnderAllFeedings() {
        return Vectors.each(Vectors.middle("frames_decode"), vector -> {
            byte[] stream = bytes(vector, "plain_stream");
            for (Feeding feeding : Feeding.all(stream)) {
                FrameReader reader =
                        new FrameReader(vector.get("expect_first_seq").getAsInt());
                check(vector, feeding, reader);
            }
        });
    }

    /** Some of the streams are no whole number of blocks; what is missing cannot change the verdict on the others. */
    @TestFactory
    Stream<DynamicTest> readsEveryEncryptedVectorUnderAllFeedings() {
        return Vectors.each(
                Vectors.middle("frames_decode").stream()
                        .filter(vector -> bytes(vector, "plain_stream").length % AesCbc.BLOCK_BYTES == 0)
                        .toList(),
                vector -> {
                    for (Feeding feeding : Feeding.all(encrypted(bytes(vector, "plain_stream")))) {
                        FrameReader reader =
                                new FrameReader(vector.get("expect_first_seq").getAsInt());
                        reader.decryptWith(AesCbc.decrypting(KEY, IV));
                        check(vector, feeding, reader);
                    }
                });
    }

    private static void check(JsonObject vector, Feeding feeding, FrameReader reader) {
        List<byte[]> payloads = new ArrayList<>();
        Status status = Status.NEED_INPUT;
        for (ByteBuffer chunk : feeding.chunks()) {
            status = readAll(reader, chunk, payloads);
        }
        List<byte[]> expected = StreamSupport.stream(
                        vector.getAsJsonArray("payloads").spliterator(), false)
                .map(payload -> HexFormat.of().parseHex(payload.getAsString()))
                .toList();
        assertThat(payloads.toArray()).as(feeding.name()).isEqualTo(expected.toArray());
        String result = string(vector, "result");
        if (result.startsWith("error:")) {
            assertThat(status).as(feeding.name()).isEqualTo(Status.REJECTED);
            assertThat(reader.fault()).as(feeding.name()).isEqualTo(fault(result));
            assertThat(reader.read(ByteBuffer.allocate(100))).isEqualTo(Status.REJECTED);
        } else {
            assertThat(status).as(feeding.name()).isEqualTo(Status.NEED_INPUT);
            assertThat(reader.fault()).isNull();
        }
    }

    private static Fault fault(String result) {
        return switch (result) {
            case "error:crc" -> Fault.CHECKSUM;
            case "error:seq" -> Fault.SEQUENCE;
            case "error:length" -> Fault.LENGTH;
            default -> throw new AssertionError(result);
        };
    }

    static Status readAll(FrameReader reader, ByteBuffer in, List<byte[]> payloads) {
        while (true) {
            Status status = reader.read(in);
            if (status != Status.FRAME) {
                return status;
            }
            byte[] payload = new byte[reader.payload().remaining()];
            reader.payload().get(payload);
            payloads.add(payload);
        }
    }

    private static byte[] encrypted(byte[] plain) {
        byte[] encrypted = new byte[plain.length];
        AesCbc.encrypting(KEY, IV).transform(plain, 0, plain.length, encrypted, 0);
        return encrypted;
    }

    @Test
    void skipsPaddingBetweenThePlainFrameAndTheEncryptedOnesWheneverItComes() {
        FrameWriter writer = new FrameWriter();
        byte[] nonce = Vectors.drbg("nonce", 32);
        byte[] first = FrameWriterTest.write(writer, nonce, 1000);
        writer.encryptWith(AesCbc.encrypting(KEY, IV));
        byte[] answer = Vectors.drbg("answer", 100);
        byte[] second = FrameWriterTest.write(writer, answer, 1000);
        for (int paddingWords = 0; paddingWords <= 3; paddingWords++) {
            // The writer pads to whole blocks, which makes one word already.
            byte[] wire = Arrays.copyOf(first, 44 + 4 * paddingWords + second.length);
            for (int word = 0; word < paddingWords; word++) {
                System.arraycopy(new byte[] {4, 0, 0, 0}, 0, wire, 44 + 4 * word, 4);
            }
            System.arraycopy(second, 0, wire, 44 + 4 * paddingWords, second.length);
            for (Feeding feeding : Feeding.all(wire)) {
                FrameReader reader = new FrameReader();
                List<byte[]> payloads = new ArrayList<>();
                for (ByteBuffer chunk : feeding.chunks()) {
                    readSwitchingAfterTheFirst(reader, chunk, payloads);
                }
                assertThat(payloads.toArray()).as(feeding.name()).isEqualTo(new Object[] {nonce, answer});
            }
        }
    }

    private static void readSwitchingAfterTheFirst(FrameReader reader, ByteBuffer in, List<byte[]> payloads) {
        while (reader.read(in) == Status.FRAME) {
            byte[] payload = new byte[reader.payload().remaining()];
            reader.payload().get(payload);
            payloads.add(payload);
            if (payloads.size() == 1) {
                reader.decryptWith(AesCbc.decrypting(KEY, IV));
            }
        }
    }

    @Test
    void takesNoMoreOfPlainInputThanTheFrame() {
        byte[] frame = FrameWriterTest.write(new FrameWriter(), Vectors.drbg("nonce", 32), 1000);
        ByteBuffer in = ByteBuffer.wrap(Arrays.copyOf(frame, 200));
        assertThat(new FrameReader().read(in)).isEqualTo(Status.FRAME);
        assertThat(in.position()).isEqualTo(44);
    }

    @Test
    void neverHoldsMuchMoreThanHasArrived() {
        FrameReader reader = new FrameReader();
        ByteBuffer header = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(1 << 24).putInt(-2).flip();
        assertThat(reader.read(header)).isEqualTo(Status.NEED_INPUT);
        assertThat(reader.heldBytes()).isLessThan(64 << 10);
        Set<Integer> sizes = new HashSet<>();
        for (int megabyte = 1; megabyte <= 15; megabyte++) {
            assertThat(reader.read(ByteBuffer.allocate(1 << 20))).isEqualTo(Status.NEED_INPUT);
            assertThat(reader.heldBytes()).isLessThan(2 * megabyte * (1 << 20) + (64 << 10));
            sizes.add(reader.heldBytes());
        }
        // It grows in few steps, and in the end to what the frame needs.
        assertThat(sizes).hasSizeLessThan(6);
        assertThat(reader.heldBytes()).isLessThan((1 << 24) + (16 << 10));
    }

    @Test
    void takesLargePiecesOnlyOnceThereIsMuchToDecrypt() {
        FrameWriter writer = new FrameWriter();
        writer.encryptWith(AesCbc.encrypting(KEY, IV));
        FrameReader reader = new FrameReader();
        reader.decryptWith(AesCbc.decrypting(KEY, IV));
        assertThat(reader.heldBytes()).isEqualTo(2 * 4096);
        List<byte[]> payloads = new ArrayList<>();
        readAll(reader, ByteBuffer.wrap(FrameWriterTest.write(writer, new byte[2000], 4096)), payloads);
        assertThat(reader.heldBytes()).isEqualTo(2 * 4096);
        readAll(reader, ByteBuffer.wrap(FrameWriterTest.write(writer, new byte[40_000], 4096)), payloads);
        assertThat(payloads).hasSize(2);
        reader.trim();
        assertThat(reader.heldBytes()).isEqualTo(4096 + 16 * 1024);
    }

    @Test
    void readsTheLongestFrameAndGivesItsMemoryBackWhenTold() {
        byte[] payload = new byte[FrameWriter.MAX_PAYLOAD_BYTES];
        new Random(1).nextBytes(payload);
        FrameWriter writer = new FrameWriter();
        writer.encryptWith(AesCbc.encrypting(KEY, IV));
        byte[] wire = FrameWriterTest.write(writer, payload, 1 << 16);
        FrameReader reader = new FrameReader();
        reader.decryptWith(AesCbc.decrypting(KEY, IV));
        List<byte[]> payloads = new ArrayList<>();
        for (int at = 0; at < wire.length; at += 1 << 18) {
            readAll(reader, ByteBuffer.wrap(wire, at, Math.min(1 << 18, wire.length - at)), payloads);
        }
        assertThat(payloads).hasSize(1);
        assertThat(Arrays.equals(payloads.get(0), payload)).isTrue();
        reader.trim();
        assertThat(reader.heldBytes()).isLessThan(64 << 10);
    }

    @Test
    void trimmedWithinAFrameItLosesNothing() {
        byte[] payload = Vectors.drbg("long", 100_000);
        byte[] wire = FrameWriterTest.write(new FrameWriter(), payload, 1 << 16);
        FrameReader reader = new FrameReader();
        for (int at = 0; at < payload.length; at += 30_000) {
            assertThat(reader.read(ByteBuffer.wrap(wire, at, Math.min(30_000, payload.length - at))))
                    .isEqualTo(Status.NEED_INPUT);
            reader.trim();
        }
        assertThat(reader.read(ByteBuffer.wrap(wire, payload.length, 12))).isEqualTo(Status.FRAME);
        assertThat(reader.payload()).isEqualTo(ByteBuffer.wrap(payload));
    }

    @Test
    void trimmedBetweenFramesItReadsOn() {
        FrameWriter writer = new FrameWriter();
        FrameReader reader = new FrameReader();
        int small = reader.heldBytes();
        for (int length : new int[] {100, 50_000, 200}) {
            byte[] payload = Vectors.drbg("payload", length);
            assertThat(reader.read(ByteBuffer.wrap(FrameWriterTest.write(writer, payload, 1 << 16))))
                    .isEqualTo(Status.FRAME);
            assertThat(reader.payload()).isEqualTo(ByteBuffer.wrap(payload));
            reader.trim();
            assertThat(reader.heldBytes()).isEqualTo(small);
        }
    }

    @Test
    void withoutALimitOfItsOwnTakesTheLongestFrameAndNoLongerOne() {
        for (int limit :
                new int[] {FrameWriter.MAX_PAYLOAD_BYTES, FrameWriter.MAX_PAYLOAD_BYTES + 4, Integer.MAX_VALUE}) {
            FrameReader reader = new FrameReader();
            reader.limitPayload(limit);
            assertThat(reader.read(length(1 << 24))).isEqualTo(Status.NEED_INPUT);
            FrameReader other = new FrameReader();
            other.limitPayload(limit);
            assertThat(other.read(length((1 << 24) + 4))).isEqualTo(Status.REJECTED);
        }
    }

    private static ByteBuffer length(int bytes) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(bytes)
                .flip();
    }

    @Test
    void refusesFramesBeyondTheLimitGivenToIt() {
        FrameReader reader = new FrameReader();
        reader.limitPayload(32);
        byte[] longer = FrameWriterTest.write(new FrameWriter(), new byte[36], 1000);
        assertThat(reader.read(ByteBuffer.wrap(longer, 0, 4))).isEqualTo(Status.REJECTED);
        assertThat(reader.fault()).isEqualTo(Fault.LENGTH);
    }

    @RepeatedTest(50)
    void readsWhatAWriterWroteHoweverItIsCut(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        FrameWriter writer = new FrameWriter(Integer.MAX_VALUE - 3);
        writer.encryptWith(AesCbc.encrypting(KEY, IV));
        List<byte[]> sent = new ArrayList<>();
        ByteBuffer wire = ByteBuffer.allocate(1 << 20);
        for (int frame = 0; frame < 12; frame++) {
            byte[] payload = new byte[4 * (1 + random.nextInt(1 << random.nextInt(14)))];
            random.nextBytes(payload);
            sent.add(payload);
            wire.put(FrameWriterTest.write(writer, payload, 4096));
        }
        byte[] bytes = Arrays.copyOf(wire.array(), wire.position());
        for (Feeding feeding : Feeding.some(bytes)) {
            FrameReader reader = new FrameReader(Integer.MAX_VALUE - 3);
            reader.decryptWith(AesCbc.decrypting(KEY, IV));
            List<byte[]> received = new ArrayList<>();
            feeding.chunks().forEach(chunk -> readAll(reader, chunk, received));
            assertThat(received.toArray()).as(feeding.name()).isEqualTo(sent.toArray());
        }
    }

    @RepeatedTest(200)
    void garbageIsRejectedOrAwaitedAndNeverThrows(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        FrameReader reader = new FrameReader();
        if (random.nextBoolean()) {
            reader.decryptWith(AesCbc.decrypting(KEY, IV));
        }
        byte[] garbage = new byte[random.nextInt(5000)];
        random.nextBytes(garbage);
        List<byte[]> payloads = new ArrayList<>();
        for (Feeding feeding : Feeding.some(garbage).subList(2, 4)) {
            feeding.chunks().forEach(chunk -> readAll(reader, chunk, payloads));
        }
        assertThat(payloads).isEmpty();
    }
}
