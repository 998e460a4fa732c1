package io.github.mtgjava;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RefusalReasonTest {

    @Test
    void suspiciousIsWhatNobodyWithTheSecretAndAGoodLineDoes() {
        assertThat(Arrays.stream(RefusalReason.values()).filter(RefusalReason::isSuspicious))
                .containsExactly(
                        RefusalReason.NOT_TLS,
                        RefusalReason.MALFORMED_HELLO,
                        RefusalReason.BAD_DIGEST,
                        RefusalReason.WRONG_SNI,
                        RefusalReason.REPLAY,
                        RefusalReason.BAD_FRAME);
    }
}
