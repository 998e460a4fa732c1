package io.github.mtgjava.prober;

import static io.github.mtgjava.prober.Bytes.ascii;
import static io.github.mtgjava.prober.Bytes.hex;
import static io.github.mtgjava.prober.Bytes.join;
import static io.github.mtgjava.prober.Bytes.noise;
import static io.github.mtgjava.prober.Bytes.vector;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {

    private static final Answer FLIGHT = flight(122, 700);

    @Test
    void randomnessIsNoDifference() {
        byte[] other = FLIGHT.bytes().clone();
        other[20] ^= 1;
        assertThat(new Answer(other).isLike(FLIGHT, Likeness.STRUCTURE)).isTrue();
        assertThat(new Answer(other).isLike(FLIGHT, Likeness.BYTES)).isFalse();
    }

    @Test
    void aSignatureOfAnotherLengthIsNoDifference() {
        assertThat(flight(122, 702).isLike(FLIGHT, Likeness.STRUCTURE)).isTrue();
    }

    @Test
    void otherLengthsAreDifferences() {
        assertThat(flight(129, 700).isLike(FLIGHT, Likeness.STRUCTURE)).isFalse();
        assertThat(flight(122, 720).isLike(FLIGHT, Likeness.STRUCTURE)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "15030300020228", // another description
                "15030300020132", // another level
                "15030100020232", // another version
                "1503030002023215030300020232", // twice
                "150303000202", // cut
                "17030300020232" // another type
            })
    void anotherAlertIsADifference(String hex) {
        Answer alert = new Answer(hex("15030300020232"));
        assertThat(new Answer(hex(hex)).isLike(alert, Likeness.STRUCTURE)).isFalse();
        assertThat(alert.isLike(alert, Likeness.STRUCTURE)).isTrue();
    }

    @Test
    void outsideOfTlsOnlyTheTimeOfDayMayDiffer() {
        Answer page = page("Thu, 26 Nov 2026 00:00:00 GMT", "nginx");
        assertThat(page("Fri, 27 Nov 2026 00:00:01 GMT", "nginx").isLike(page, Likeness.STRUCTURE))
                .isTrue();
        assertThat(page("Thu, 26 Nov 2026 00:00:00 GMT", "apache").isLike(page, Likeness.STRUCTURE))
                .isFalse();
    }

    @Test
    void observationsDifferByTheirMomentAndEnd() {
        Observation seen = new Observation(FLIGHT, Stage.AT_ONCE, End.FIN, Stage.AT_ONCE);
        assertThat(seen.isLike(seen, Likeness.BYTES)).isTrue();
        assertThat(new Observation(FLIGHT, Stage.AFTER_DEADLINE, End.FIN, Stage.AT_ONCE).isLike(seen, Likeness.BYTES))
                .isFalse();
        assertThat(new Observation(FLIGHT, Stage.AT_ONCE, End.RESET, Stage.AT_ONCE).isLike(seen, Likeness.BYTES))
                .isFalse();
        assertThat(new Observation(FLIGHT, Stage.AT_ONCE, End.FIN, Stage.AFTER_DEADLINE).isLike(seen, Likeness.BYTES))
                .isFalse();
    }

    private static Answer flight(int helloBytes, int dataBytes) {
        return new Answer(join(
                hex("160303"),
                vector(noise(helloBytes)),
                hex("140303000101"),
                hex("170303"),
                vector(noise(dataBytes))));
    }

    private static Answer page(String date, String server) {
        return new Answer(ascii("HTTP/1.1 400 Bad Request\r\nServer: " + server + "\r\nDate: " + date + "\r\n\r\nNo."));
    }
}
