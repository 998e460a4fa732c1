package io.github.mtgjava.transport.obfuscated2;

import static io.github.mtgjava.testkit.Vectors.bytes;
import static io.github.mtgjava.testkit.Vectors.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.gson.JsonObject;
import io.github.mtgjava.crypto.AesCtr;
import io.github.mtgjava.testkit.Feeding;
import io.github.mtgjava.testkit.Vectors;
import io.github.mtgjava.transport.obfuscated2.ClientFrameDecoder.Status;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ClientFrameTest {

    private static final JsonObject PADDED_DC_2 = Vectors.client("obfuscated2_client", "secured/padded/dc2");

    @TestFactory
    Stream<DynamicTest> opensEveryVectorUnderAllFeedings() {
        return Vectors.each(Vectors.client("obfuscated2_client"), vector -> {
            for (Feeding feeding : Feeding.all(bytes(vector, "frame"))) {
                ClientFrame frame = decoded(vector, feeding);
                assertThat(frame.tag().wireByte()).isEqualTo(bytes(vector, "tag")[0]);
                assertThat(frame.dc().signed()).isEqualTo(vector.get("dc").getAsInt());
                assertThat(frame.replayKey()).isEqualTo(bytes(vector, "replay_key"));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> derivesTheKeystreamsOfEveryVector() {
        return Vectors.each(Vectors.client("obfuscated2_client"), vector -> {
            ClientFrame frame =
                    decoded(vector, Feeding.all(bytes(vector, "frame")).get(0));
            assertThat(frame.downlinkKeys()).startsWith(bytes(vector, "down_key"));
            assertThat(frame.downlinkKeys()).endsWith(bytes(vector, "down_iv"));
            assertThat(transformed(frame.uplink(), new byte[64])).isEqualTo(bytes(vector, "up_keystream_64_127"));
            assertThat(transformed(frame.downlink(), new byte[64])).isEqualTo(bytes(vector, "down_keystream_0_63"));
        });
    }

    @TestFactory
    Stream<DynamicTest> ciphersTheTrafficOfEveryVectorThatHasSome() {
        return Vectors.each(
                Vectors.client("obfuscated2_client").stream()
                        .filter(vector -> vector.has("up_cipher"))
                        .toList(),
                vector -> {
                    ClientFrame frame =
                            decoded(vector, Feeding.all(bytes(vector, "frame")).get(0));
                    assertThat(transformed(frame.uplink(), bytes(vector, "up_cipher")))
                            .isEqualTo(bytes(vector, "up_plain"));
                    assertThat(transformed(frame.downlink(), bytes(vector, "down_plain")))
                            .isEqualTo(bytes(vector, "down_cipher"));
                });
    }

    @TestFactory
    Stream<DynamicTest> treatsEveryInvalidVectorAsItsReasonSays() {
        return Vectors.each(Vectors.client("obfuscated2_client_invalid"), vector -> {
            for (Feeding feeding : Feeding.all(bytes(vector, "bytes"))) {
                ClientFrameDecoder decoder = decoder(vector);
                Status status = feed(decoder, feeding);
                String reason = string(vector, "reason");
                if (reason.equals("tag")) {
                    assertThat(status).as(feeding.name()).isEqualTo(Status.REJECTED);
                } else if (reason.equals("short")) {
                    assertThat(status).as(feeding.name()).isEqualTo(Status.NEED_INPUT);
                } else if (reason.startsWith("mode")) {
                    // Which tags a secret allows is the caller's decision; here it can see that the tag is wrong.
                    assertThat(status).as(feeding.name()).isEqualTo(Status.ACCEPTED);
                    assertThat(decoder.frame().tag()).isEqualTo(ProtocolTag.ABRIDGED);
                } else {
                    assertThat(string(vector, "expect")).isEqualTo("replay");
                    assertThat(status).as(feeding.name()).isEqualTo(Status.ACCEPTED);
                    ClientFrameDecoder first = decoder(vector);
                    first.decode(ByteBuffer.wrap(bytes(vector, "first")));
                    assertThat(decoder.frame().replayKey())
                            .isEqualTo(first.frame().replayKey())
                            .isEqualTo(bytes(vector, "replay_key"));
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> opensEveryVectorWithWhicheverOfSeveralKeysFits() {
        byte[] stranger = new byte[ClientFrameDecoder.KEY_BYTES];
        return Vectors.each(Vectors.client("obfuscated2_client"), vector -> {
            byte[] key = bytes(vector, "secret16");
            ClientFrame alone =
                    decoded(vector, Feeding.some(bytes(vector, "frame")).get(0));
            byte[] downlink = transformed(alone.downlink(), new byte[64]);
            for (List<byte[]> keys : List.of(
                    List.of(key, stranger, stranger),
                    List.of(stranger, key, stranger),
                    List.of(stranger, stranger, key))) {
                for (Feeding feeding : Feeding.all(bytes(vector, "frame"))) {
                    ClientFrameDecoder decoder = new ClientFrameDecoder(() -> keys);
                    assertThat(feed(decoder, feeding)).as(feeding.name()).isEqualTo(Status.ACCEPTED);
                    ClientFrame frame = decoder.frame();
                    assertThat(frame).hasToString(alone.toString());
                    assertThat(transformed(frame.uplink(), new byte[64]))
                            .isEqualTo(bytes(vector, "up_keystream_64_127"));
                    assertThat(transformed(frame.downlink(), new byte[64])).isEqualTo(downlink);
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> rejectsWhatNoneOfSeveralKeysOpensAndConsumesAllOfIt() {
        List<byte[]> strangers = List.of(new byte[16], HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0e"));
        return Vectors.each(Vectors.client("obfuscated2_client"), vector -> {
            for (Feeding feeding : Feeding.all(bytes(vector, "frame"))) {
                ClientFrameDecoder decoder = new ClientFrameDecoder(() -> strangers);
                assertThat(feed(decoder, feeding)).as(feeding.name()).isEqualTo(Status.REJECTED);
                assertThatIllegalStateException().isThrownBy(decoder::frame);
            }
        });
    }

    @Test
    void asksOnceWhichKeysAreGoodAndOnlyWhenTheFrameIsComplete() {
        for (Feeding feeding : Feeding.all(bytes(PADDED_DC_2, "frame"))) {
            List<String> asked = new ArrayList<>();
            ClientFrameDecoder decoder = new ClientFrameDecoder(() -> {
                asked.add("once");
                return List.of(bytes(PADDED_DC_2, "secret16"));
            });
            for (ByteBuffer chunk : feeding.chunks()) {
                Status status = decoder.decode(chunk);
                assertThat(asked).as(feeding.name()).hasSize(status == Status.NEED_INPUT ? 0 : 1);
            }
            decoder.decode(ByteBuffer.allocate(64));
            assertThat(asked).as(feeding.name()).containsExactly("once");
        }
    }

    @Test
    void leavesWhatFollowsTheFrame() {
        ByteBuffer in = ByteBuffer.allocate(70).put(bytes(PADDED_DC_2, "frame")).rewind();
        ClientFrameDecoder decoder = decoder(PADDED_DC_2);
        assertThat(decoder.decode(in)).isEqualTo(Status.ACCEPTED);
        assertThat(in.position()).isEqualTo(ClientFrameDecoder.FRAME_BYTES);
    }

    @Test
    void leavesWhatFollowsTheFrameWhereverThatIsCut() {
        byte[] wire = Arrays.copyOf(bytes(PADDED_DC_2, "frame"), 200);
        for (int cut = 1; cut < ClientFrameDecoder.FRAME_BYTES; cut++) {
            ClientFrameDecoder decoder = decoder(PADDED_DC_2);
            assertThat(decoder.decode(ByteBuffer.wrap(wire, 0, cut))).isEqualTo(Status.NEED_INPUT);
            ByteBuffer rest = ByteBuffer.wrap(wire, cut, wire.length - cut);
            assertThat(decoder.decode(rest)).as("cut at " + cut).isEqualTo(Status.ACCEPTED);
            assertThat(rest.position()).isEqualTo(ClientFrameDecoder.FRAME_BYTES);
        }
    }

    @Test
    void repeatsAnEndStatusWithoutConsuming() {
        ClientFrameDecoder accepting = decoder(PADDED_DC_2);
        accepting.decode(ByteBuffer.wrap(bytes(PADDED_DC_2, "frame")));
        ClientFrameDecoder rejecting = decoder(PADDED_DC_2);
        rejecting.decode(ByteBuffer.allocate(64));
        ByteBuffer more = ByteBuffer.allocate(100);

        assertThat(accepting.decode(more)).isEqualTo(Status.ACCEPTED);
        assertThat(rejecting.decode(more)).isEqualTo(Status.REJECTED);
        assertThat(more.position()).isZero();
        assertThat(accepting.frame()).isSameAs(accepting.frame());
    }

    @Test
    void hasNoFrameUnlessAccepted() {
        ClientFrameDecoder decoder = decoder(PADDED_DC_2);
        assertThatIllegalStateException().isThrownBy(decoder::frame);
        decoder.decode(ByteBuffer.allocate(64));
        assertThatIllegalStateException().isThrownBy(decoder::frame);
    }

    @Test
    void neverThrowsOnGarbageAndHardlyEverAcceptsIt() {
        Random random = new Random(64);
        int accepted = 0;
        for (int round = 0; round < 50_000; round++) {
            byte[] garbage = new byte[random.nextInt(130)];
            random.nextBytes(garbage);
            ClientFrameDecoder decoder = decoder(PADDED_DC_2);
            Status status = decoder.decode(ByteBuffer.wrap(garbage));
            assertThat(status == Status.NEED_INPUT).isEqualTo(garbage.length < 64);
            accepted += status == Status.ACCEPTED ? 1 : 0;
        }
        assertThat(accepted).isLessThan(2);
    }

    @Test
    void refusesAKeyWithPrefixOrHost() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ClientFrameDecoder(new byte[17]));
    }

    @Test
    void copiesTheKey() {
        byte[] key = bytes(PADDED_DC_2, "secret16");
        ClientFrameDecoder decoder = new ClientFrameDecoder(key);
        Arrays.fill(key, (byte) 0);
        assertThat(decoder.decode(ByteBuffer.wrap(bytes(PADDED_DC_2, "frame")))).isEqualTo(Status.ACCEPTED);
    }

    @Test
    void showsNoKeyMaterial() {
        ClientFrame frame =
                decoded(PADDED_DC_2, Feeding.all(bytes(PADDED_DC_2, "frame")).get(0));
        assertThat(frame).hasToString("ClientFrame[tag=PADDED_INTERMEDIATE, dc=2]");
    }

    private static ClientFrame decoded(JsonObject vector, Feeding feeding) {
        ClientFrameDecoder decoder = decoder(vector);
        assertThat(feed(decoder, feeding)).as(feeding.name()).isEqualTo(Status.ACCEPTED);
        return decoder.frame();
    }

    private static Status feed(ClientFrameDecoder decoder, Feeding feeding) {
        Status status = Status.NEED_INPUT;
        for (ByteBuffer chunk : feeding.chunks()) {
            assertThat(status).as(feeding.name()).isEqualTo(Status.NEED_INPUT);
            status = decoder.decode(chunk);
            assertThat(chunk.hasRemaining()).as(feeding.name()).isFalse();
        }
        return status;
    }

    private static ClientFrameDecoder decoder(JsonObject vector) {
        return new ClientFrameDecoder(bytes(vector, "secret16"));
    }

    private static byte[] transformed(AesCtr cipher, byte[] in) {
        byte[] out = new byte[in.length];
        cipher.transform(in, 0, in.length, out, 0);
        return out;
    }
}
