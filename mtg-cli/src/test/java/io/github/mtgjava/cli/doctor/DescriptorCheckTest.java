package io.github.mtgjava.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.cli.doctor.Finding.Status;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorCheckTest {

    @ParameterizedTest
    @CsvSource({
        "4095, , WARN",
        "4096, , OK",
        "100, , WARN",
        "455, 100, FAIL", // 128 + 2 × (100 + 64)
        "456, 100, OK",
        "2627, 1000, FAIL", // 128 + 2 × (1000 + 250)
        "2628, 1000, OK",
        "1048576, 2147483647, FAIL"
    })
    void judgesTheLimit(long files, Integer maxConnections, Status expected) {
        List<Finding> findings = new DescriptorCheck(maxConnections, () -> OptionalLong.of(files)).run();
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).status()).isEqualTo(expected);
        if (expected != Status.OK) {
            assertThat(findings.get(0).text()).contains("ulimit -n", "LimitNOFILE");
        }
    }

    @Test
    void tellsHowManyClientsFit() {
        assertThat(new DescriptorCheck(null, () -> OptionalLong.of(20_128))
                        .run()
                        .get(0)
                        .text())
                .contains("about 8000 clients");
        assertThat(new DescriptorCheck(null, () -> OptionalLong.of(50))
                        .run()
                        .get(0)
                        .text())
                .contains("about 0 clients");
    }

    @Test
    void isContentWithoutALimit() {
        assertThat(new DescriptorCheck(9, OptionalLong::empty).run().get(0).status())
                .isEqualTo(Status.OK);
    }
}
