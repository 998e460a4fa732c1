package io.github.mtgjava.transport.obfuscated2;

import static io.github.mtgjava.testkit.Vectors.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.mtgjava.testkit.Vectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DcIdTest {

    @TestFactory
    Stream<DynamicTest> mapsEveryVector() {
        return Vectors.each(Vectors.client("dc_mapping"), "dc", vector -> {
            byte[] wire = bytes(vector, "wire");
            DcId dc = DcId.fromWire(wire, 0);

            assertThat(dc).isEqualTo(new DcId(vector.get("dc").getAsInt()));
            assertThat(dc.media()).isEqualTo(vector.get("media").getAsBoolean());
            assertThat(dc.test()).isEqualTo(vector.get("test").getAsBoolean());
            if (Vectors.isPresent(vector, "recommended_dc")) {
                assertThat(dc.number()).isEqualTo(vector.get("recommended_dc").getAsInt());
            } else {
                // Unknown to every directory, but still a number to ask it about.
                assertThat(dc.number()).isEqualTo(Math.abs(dc.signed()));
            }
        });
    }

    @Test
    void survivesTheWireForEveryValue() {
        byte[] frame = new byte[4];
        for (int signed = Short.MIN_VALUE; signed <= Short.MAX_VALUE; signed++) {
            DcId dc = new DcId(signed);
            dc.toWire(frame, 1);
            assertThat(DcId.fromWire(frame, 1)).isEqualTo(dc);
            assertThat(dc.number()).isPositive();
        }
        assertThat(frame[0]).isZero();
        assertThat(frame[3]).isZero();
    }

    @Test
    void refusesWhatDoesNotFit16Bits() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DcId(32_768));
        assertThatIllegalArgumentException().isThrownBy(() -> new DcId(-32_769));
    }
}
