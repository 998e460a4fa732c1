package io.github.mtgjava.transport.obfuscated2;

import static io.github.mtgjava.testkit.Vectors.bytes;
import static io.github.mtgjava.testkit.Vectors.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonObject;
import io.github.mtgjava.crypto.AesCtr;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.testkit.Vectors;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ClientFrameWriterTest {

    private static final byte[] KEY = new byte[16];
    private static final DcId DC = new DcId(-203);

    @TestFactory
    Stream<DynamicTest> writesEveryVectorThatAClientMayDraw() {
        return Vectors.each(
                vectors(false),
                vector -> assertThat(
                                writer(vector, bytes(vector, "plain_frame")).wire())
                        .isEqualTo(bytes(vector, "frame")));
    }

    @TestFactory
    Stream<DynamicTest> keysBothStreamsAsEveryVectorSays() {
        return Vectors.each(vectors(false), vector -> {
            ClientFrameWriter frame = writer(vector, bytes(vector, "plain_frame"));
            assertThat(keystream(frame.uplink())).isEqualTo(bytes(vector, "up_keystream_64_127"));
            assertThat(keystream(frame.downlink())).isEqualTo(bytes(vector, "down_keystream_0_63"));
        });
    }

    @TestFactory
    Stream<DynamicTest> drawsForbiddenBeginningsAgain() {
        byte[] good = new byte[64];
        good[7] = 1;
        return Vectors.each(
                vectors(true),
                vector -> assertThat(writer(vector, bytes(vector, "plain_frame"), good)
                                .wire())
                        .startsWith(0, 0, 0, 0, 0, 0, 0, 1));
    }

    @Test
    void isWhatTheDecoderReads() {
        for (ProtocolTag tag : ProtocolTag.values()) {
            ClientFrameWriter written = ClientFrameWriter.create(KEY, tag, DC, RandomSource.secure());
            ClientFrameDecoder decoder = new ClientFrameDecoder(KEY);
            assertThat(decoder.decode(ByteBuffer.wrap(written.wire()))).isEqualTo(ClientFrameDecoder.Status.ACCEPTED);
            ClientFrame read = decoder.frame();
            assertThat(read.tag()).isEqualTo(tag);
            assertThat(read.dc()).isEqualTo(DC);
            assertThat(keystream(written.uplink())).isEqualTo(keystream(read.uplink()));
            assertThat(keystream(written.downlink())).isEqualTo(keystream(read.downlink()));
        }
    }

    @Test
    void refusesAKeyOfAnotherLength() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> ClientFrameWriter.create(new byte[17], ProtocolTag.ABRIDGED, DC, RandomSource.secure()));
    }

    private static List<JsonObject> vectors(boolean forbidden) {
        return Vectors.client("obfuscated2_client").stream()
                .filter(vector -> ForbiddenBeginnings.match(bytes(vector, "plain_frame")) == forbidden)
                .toList();
    }

    private static ClientFrameWriter writer(JsonObject vector, byte[]... draws) {
        Deque<byte[]> scripted = new ArrayDeque<>(List.of(draws));
        RandomSource random =
                target -> System.arraycopy(Objects.requireNonNull(scripted.poll()), 0, target, 0, target.length);
        ProtocolTag tag = Objects.requireNonNull(ProtocolTag.fromWire(bytes(vector, "tag"), 0));
        DcId dc = new DcId(Integer.parseInt(string(vector, "dc")));
        return ClientFrameWriter.create(bytes(vector, "secret16"), tag, dc, random);
    }

    private static byte[] keystream(AesCtr cipher) {
        byte[] out = new byte[64];
        cipher.transform(new byte[64], 0, 64, out, 0);
        return out;
    }
}
