package io.github.mtgjava.transport.proxyprotocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.mtgjava.testkit.Feeding;
import io.github.mtgjava.testkit.Seeds;
import io.github.mtgjava.transport.proxyprotocol.ProxyHeaderDecoder.Status;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProxyHeaderFuzzTest {

    static Stream<Arguments> seeds() {
        Stream<Arguments> good = ProxyHeaderDecoderTest.goodHeaders().stream().map(header -> Seeds.seed(header.wire()));
        String oneByteTooLong = "0d0a0d0a000d0a515549540a" + "211107f1" + "ee".repeat(2033);
        return Stream.concat(good, Seeds.hex(oneByteTooLong));
    }

    @MethodSource("seeds")
    @FuzzTest
    void tellsTheSameHoweverItArrivesAndWhenItIsWrittenAgain(byte[] wire) {
        Outcome outcome = Feeding.agreed(wire, ProxyHeaderFuzzTest::decode);
        assertThat(outcome.consumed).isLessThanOrEqualTo(ProxyHeaderDecoder.MAX_BYTES);
        if (outcome.status == Status.NEED_INPUT) {
            assertThat(outcome.consumed).isEqualTo(wire.length).isLessThan(ProxyHeaderDecoder.MAX_BYTES);
        }
        if (outcome.connection.isPresent()) {
            byte[] again = ProxyHeader.of(outcome.connection.get());
            assertThat(Feeding.agreed(again, ProxyHeaderFuzzTest::decode))
                    .isEqualTo(new Outcome(Status.COMPLETE, again.length, outcome.connection));
        }
    }

    private record Outcome(Status status, int consumed, Optional<ProxiedConnection> connection) {}

    private static Outcome decode(Feeding feeding) {
        ProxyHeaderDecoder decoder = new ProxyHeaderDecoder();
        Status status = Status.NEED_INPUT;
        int consumed = 0;
        for (ByteBuffer chunk : feeding.chunks()) {
            boolean ended = status != Status.NEED_INPUT;
            Status next = decoder.decode(chunk);
            assertThat(!ended || (next == status && chunk.position() == 0)).isTrue();
            consumed += chunk.position();
            status = next;
        }
        return new Outcome(status, consumed, status == Status.COMPLETE ? decoder.connection() : Optional.empty());
    }
}
