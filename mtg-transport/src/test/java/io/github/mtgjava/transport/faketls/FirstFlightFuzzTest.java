package io.github.mtgjava.transport.faketls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.mtgjava.testkit.Feeding;
import io.github.mtgjava.testkit.Seeds;
import io.github.mtgjava.testkit.Vectors;
import io.github.mtgjava.transport.faketls.FirstFlightReader.Status;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What any site may answer, its ServerHello among it. */
class FirstFlightFuzzTest {

    private static final String RANDOM = "5a".repeat(32);
    private static final String RETRY = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";
    private static final int LONGEST_RECORD = (1 << 14) + 256;

    static Stream<Arguments> seeds() {
        return Stream.concat(
                Seeds.of(Vectors.client("faketls_server_hello"), "packet"),
                Seeds.hex(
                        "15030300020246",
                        "160303002a" + "02000026" + "0301" + RANDOM + "00" + "002f" + "00",
                        "1603030035" + "02000031" + "0303" + RANDOM + "00" + "c02f" + "00" + "0009" + "ff01000100"
                                + "00170000",
                        "1603030038" + "02000034" + "0303" + RETRY + "00" + "1301" + "00" + "000c" + "002b00020304"
                                + "003300020018",
                        "1603030014" + "02000039" + "0303" + "5a".repeat(14) + "1603030029" + "5a".repeat(18) + "00"
                                + "1302" + "00" + "0011" + "0033000700170003abcdef" + "002b00020304" + "140303000101"
                                + "1703030002" + "abcd"));
    }

    @MethodSource("seeds")
    @FuzzTest
    void seesTheSameHoweverItArrives(byte[] flight) {
        Outcome outcome = Feeding.agreed(flight, FirstFlightFuzzTest::look);
        assertThat(outcome.records).hasSizeLessThanOrEqualTo(FirstFlightReader.MAX_RECORDS);
        assertThat(outcome.records).allMatch(bytes -> bytes > 0 && bytes <= LONGEST_RECORD);
        assertThat(outcome.records.stream().mapToInt(Integer::intValue).sum())
                .isLessThan(FirstFlightReader.MAX_ENCRYPTED_BYTES + LONGEST_RECORD);
        assertThat(outcome.alert.isPresent()).isEqualTo(outcome.status == Status.ALERT);
        if (outcome.status == Status.NEED_RECORDS || outcome.status == Status.COMPLETE) {
            assertThat(outcome.hello).isPresent();
        }
        boolean mayHaveRecords = outcome.hello
                .filter(hello -> hello.tls13() && !hello.helloRetryRequest())
                .isPresent();
        assertThat(mayHaveRecords || outcome.records.isEmpty()).isTrue();
    }

    private record Outcome(
            Status status,
            int consumed,
            Optional<ServerHello> hello,
            List<Integer> records,
            OptionalInt alert,
            boolean betweenRecords) {}

    private static Outcome look(Feeding feeding) {
        FirstFlightReader reader = new FirstFlightReader();
        Status status = Status.NEED_SERVER_HELLO;
        int consumed = 0;
        for (ByteBuffer chunk : feeding.chunks()) {
            boolean open = isOpen(status);
            Status next = reader.read(chunk);
            assertThat(open ? !isOpen(next) || !chunk.hasRemaining() : next == status && chunk.position() == 0)
                    .isTrue();
            consumed += chunk.position();
            status = next;
        }
        return new Outcome(
                status,
                consumed,
                reader.serverHello(),
                reader.encryptedRecords(),
                reader.alert(),
                reader.isBetweenRecords());
    }

    private static boolean isOpen(Status status) {
        return status == Status.NEED_SERVER_HELLO || status == Status.NEED_RECORDS;
    }
}
