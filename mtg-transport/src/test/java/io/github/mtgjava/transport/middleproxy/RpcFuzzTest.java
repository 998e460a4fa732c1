package io.github.mtgjava.transport.middleproxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.mtgjava.testkit.Seeds;
import io.github.mtgjava.testkit.Vectors;
import io.github.mtgjava.transport.middleproxy.RpcReader.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RpcFuzzTest {

    private static final int ANSWER_HEADER_BYTES = 16;

    static Stream<Arguments> seeds() {
        return Stream.concat(
                Seeds.of(Vectors.middle("answers"), "payload"),
                Stream.of(Rpc.ping(1), Rpc.pong(2), Rpc.closeConnection(3)).map(rpc -> Seeds.seed(rpc.array())));
    }

    @MethodSource("seeds")
    @FuzzTest
    void understandsTheSameWhereverItStandsAndInAnyByteOrder(byte[] bytes) {
        ByteBuffer payload = ByteBuffer.wrap(bytes);
        RpcReader rpc = new RpcReader();
        Kind kind = rpc.read(payload);
        assertThat(payload.position()).isEqualTo(kind == Kind.ANSWER ? ANSWER_HEADER_BYTES : 0);
        assertThat(payload.limit()).isEqualTo(bytes.length);
        checkElsewhere(bytes, kind, rpc);
        checkWhatIsWrittenToo(bytes, kind, rpc);
    }

    private static void checkElsewhere(byte[] bytes, Kind kind, RpcReader rpc) {
        ByteBuffer elsewhere = ByteBuffer.allocateDirect(bytes.length + 7)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(3, bytes)
                .position(3)
                .limit(3 + bytes.length);
        RpcReader other = new RpcReader();
        assertThat(other.read(elsewhere)).isEqualTo(kind);
        assertThat(other.id()).isEqualTo(rpc.id());
        assertThat(other.confirm()).isEqualTo(rpc.confirm());
    }

    private static void checkWhatIsWrittenToo(byte[] bytes, Kind kind, RpcReader rpc) {
        ByteBuffer written = switch (kind) {
            case PING -> Rpc.ping(rpc.id());
            case PONG -> Rpc.pong(rpc.id());
            case CLOSE_CONN -> Rpc.closeConnection(rpc.id());
            default -> ByteBuffer.wrap(bytes);
        };
        assertThat(written).isEqualTo(ByteBuffer.wrap(bytes));
    }
}
