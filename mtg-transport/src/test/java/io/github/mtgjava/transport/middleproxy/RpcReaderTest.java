package io.github.mtgjava.transport.middleproxy;

import static io.github.mtgjava.testkit.Vectors.bytes;
import static io.github.mtgjava.testkit.Vectors.isPresent;
import static io.github.mtgjava.testkit.Vectors.string;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.testkit.Vectors;
import io.github.mtgjava.transport.middleproxy.RpcReader.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RpcReaderTest {

    @TestFactory
    Stream<DynamicTest> understandsEveryVector() {
        return Vectors.each(Vectors.middle("answers"), vector -> {
            Kind kind = Kind.valueOf(string(vector, "kind").toUpperCase(Locale.ROOT));
            for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
                ByteBuffer payload = ByteBuffer.wrap(bytes(vector, "payload"))
                        .asReadOnlyBuffer()
                        .order(order);
                RpcReader rpc = new RpcReader();
                assertThat(rpc.read(payload)).isEqualTo(kind);
                if (isPresent(vector, "conn_id") && kind != Kind.MALFORMED) {
                    assertThat(rpc.id())
                            .isEqualTo(Long.reverseBytes(
                                    ByteBuffer.wrap(bytes(vector, "conn_id")).getLong()));
                }
                if (kind == Kind.ANSWER) {
                    assertThat(payload).isEqualTo(ByteBuffer.wrap(bytes(vector, "data")));
                }
                if (kind == Kind.SIMPLE_ACK) {
                    assertThat(rpc.confirm())
                            .isEqualTo(Integer.reverseBytes(
                                    ByteBuffer.wrap(bytes(vector, "data")).getInt()));
                }
            }
        });
    }

    @Test
    void everyPayloadOfAnotherLengthIsMalformed() {
        for (String tag : new String[] {"9b40ac3b", "a234b65e", "5d42cf1f", "dfa23057", "a7ea3084"}) {
            int right = tag.equals("9b40ac3b") ? 16 : 12;
            for (int length = 0; length <= 24; length++) {
                assertThat(isMalformed(tag, length)).as(tag + " with " + length).isEqualTo(length != right);
            }
        }
    }

    @Test
    void anAnswerIsMalformedOnlyIfItIsTooShort() {
        for (int length = 0; length <= 24; length++) {
            assertThat(isMalformed("0dda0344", length)).as("with " + length).isEqualTo(length < 16);
        }
    }

    @Test
    void ofWhatIsNotKnownNoLengthIsWrong() {
        for (int length = 4; length <= 24; length++) {
            ByteBuffer unknown = ByteBuffer.wrap(HexFormat.of().parseHex("01020304" + "00".repeat(20)), 0, length);
            assertThat(new RpcReader().read(unknown)).as("with " + length).isEqualTo(Kind.UNKNOWN);
        }
    }

    private static boolean isMalformed(String tag, int length) {
        byte[] bytes = HexFormat.of().parseHex(tag + "00".repeat(20));
        return new RpcReader().read(ByteBuffer.wrap(bytes, 0, length)) == Kind.MALFORMED;
    }

    @RepeatedTest(100)
    void garbageNeverThrows(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        byte[] garbage = new byte[random.nextInt(40)];
        random.nextBytes(garbage);
        assertThat(new RpcReader().read(ByteBuffer.wrap(garbage))).isIn(Kind.UNKNOWN, Kind.MALFORMED);
    }

    @Test
    void writesWhatTheVectorsSay() {
        var vector = Vectors.middle().getAsJsonObject("proxy_to_telegram").getAsJsonObject("close_conn");
        long id = Long.reverseBytes(ByteBuffer.wrap(bytes(vector, "conn_id")).getLong());
        assertThat(Rpc.closeConnection(id)).isEqualTo(ByteBuffer.wrap(bytes(vector, "payload")));
        RpcReader rpc = new RpcReader();
        assertThat(rpc.read(Rpc.ping(5))).isEqualTo(Kind.PING);
        assertThat(rpc.read(Rpc.pong(-6))).isEqualTo(Kind.PONG);
        assertThat(rpc.id()).isEqualTo(-6);
    }
}
