package io.github.mtgjava.transport.middleproxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.mtgjava.crypto.AesCbc;
import io.github.mtgjava.testkit.Feeding;
import io.github.mtgjava.testkit.Seeds;
import io.github.mtgjava.testkit.Vectors;
import io.github.mtgjava.transport.middleproxy.FrameReader.Fault;
import io.github.mtgjava.transport.middleproxy.FrameReader.Status;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every stream, plain and as what decryption yields, as it is and with its checksums and sequence numbers put right. */
class FrameFuzzTest {

    private static final byte[] KEY = Vectors.drbg("frame key", AesCbc.KEY_BYTES);
    private static final byte[] IV = Vectors.drbg("frame iv", AesCbc.IV_BYTES);
    private static final int MOST_AT_REST = 64 << 10;

    static Stream<Arguments> seeds() {
        return Stream.concat(
                Seeds.of(Vectors.middle("frames_decode"), "plain_stream"),
                Seeds.of(Vectors.middle("frames_encode"), "padded"));
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsTheSameFramesHoweverTheyArrive(byte[] stream) {
        check(stream);
        byte[] right = stream.clone();
        Outcome expected = putRight(ByteBuffer.wrap(right).order(ByteOrder.LITTLE_ENDIAN));
        assertThat(check(right)).isEqualTo(expected);
        checkRoundTrip(expected.payloads);
    }

    /** What comes of the plain stream. */
    private static Outcome check(byte[] stream) {
        byte[] blocks = Arrays.copyOf(stream, stream.length & -AesCbc.BLOCK_BYTES);
        byte[] encrypted = new byte[blocks.length];
        AesCbc.encrypting(KEY, IV).transform(blocks, 0, blocks.length, encrypted, 0);
        Outcome decrypted = Feeding.agreed(encrypted, feeding -> read(decrypting(), feeding));
        assertThat(decrypted).isEqualTo(Feeding.agreed(blocks, feeding -> read(new FrameReader(), feeding)));
        return Feeding.agreed(stream, feeding -> read(new FrameReader(), feeding));
    }

    private static FrameReader decrypting() {
        FrameReader reader = new FrameReader();
        reader.decryptWith(AesCbc.decrypting(KEY, IV));
        return reader;
    }

    /** The fault is null as long as nothing is wrong. */
    private record Outcome(List<ByteBuffer> payloads, Status status, Fault fault) {}

    private static Outcome read(FrameReader reader, Feeding feeding) {
        List<ByteBuffer> payloads = new ArrayList<>();
        Status status = Status.NEED_INPUT;
        int fed = 0;
        for (ByteBuffer chunk : feeding.chunks()) {
            fed += chunk.remaining();
            List<byte[]> read = new ArrayList<>();
            Status next = FrameReaderTest.readAll(reader, chunk, read);
            assertThat(status == Status.NEED_INPUT || (next == status && chunk.position() == 0 && read.isEmpty()))
                    .isTrue();
            assertThat(next == Status.NEED_INPUT ? !chunk.hasRemaining() : next == Status.REJECTED)
                    .isTrue();
            assertThat(reader.heldBytes()).isLessThanOrEqualTo(2 * fed + MOST_AT_REST);
            read.stream().map(ByteBuffer::wrap).forEach(payloads::add);
            status = next;
        }
        return new Outcome(payloads, status, reader.fault());
    }

    /** Writes what nobody guesses, and says what is to be read then. */
    private static Outcome putRight(ByteBuffer stream) {
        List<ByteBuffer> payloads = new ArrayList<>();
        int sequence = Frame.FIRST_SEQUENCE;
        int at = 0;
        while (at + Frame.WORD_BYTES <= stream.limit()) {
            int length = stream.getInt(at);
            if (length == Frame.PADDING_WORD) {
                at += Frame.WORD_BYTES;
                continue;
            }
            if (length < Frame.OVERHEAD_BYTES || length > 1 << 24 || length % Frame.WORD_BYTES != 0) {
                return new Outcome(payloads, Status.REJECTED, Fault.LENGTH);
            }
            if (length > stream.limit() - at) {
                break;
            }
            int checksumAt = at + length - Frame.CHECKSUM_BYTES;
            stream.putInt(at + Frame.WORD_BYTES, sequence++);
            CRC32 checksum = new CRC32();
            checksum.update(stream.array(), at, length - Frame.CHECKSUM_BYTES);
            stream.putInt(checksumAt, (int) checksum.getValue());
            payloads.add(ByteBuffer.wrap(Arrays.copyOfRange(stream.array(), at + Frame.HEADER_BYTES, checksumAt)));
            at += length;
        }
        return new Outcome(payloads, Status.NEED_INPUT, null);
    }

    /** Frames may be empty, but nobody writes such. */
    private static void checkRoundTrip(List<ByteBuffer> payloads) {
        List<ByteBuffer> written =
                payloads.stream().filter(ByteBuffer::hasRemaining).toList();
        FrameWriter writer = new FrameWriter();
        writer.encryptWith(AesCbc.encrypting(KEY, IV));
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        written.forEach(payload -> wire.writeBytes(FrameWriterTest.write(writer, payload.array(), 1000)));
        Outcome readAgain = Feeding.agreed(wire.toByteArray(), feeding -> read(decrypting(), feeding));
        assertThat(readAgain).isEqualTo(new Outcome(written, Status.NEED_INPUT, null));
    }
}
