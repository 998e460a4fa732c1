package io.github.mtgjava.prober;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that a stranger learns by a probe.
 *
 * @param answer what came back
 * @param answeredAt when the first byte of it came; null if there was none
 * @param end how the connection ended
 * @param endedAt when; null if it did not
 */
record Observation(
        Answer answer,
        @Nullable Stage answeredAt,
        End end,
        @Nullable Stage endedAt) {

    boolean isLike(Observation other, Likeness likeness) {
        return answeredAt == other.answeredAt
                && end == other.end
                && endedAt == other.endedAt
                && answer.isLike(other.answer, likeness);
    }

    /** In the words of the report. */
    String describe(Likeness likeness) {
        String came = answeredAt == null ? "nothing" : answer.describe(likeness) + " " + answeredAt;
        if (endedAt == null) {
            return came + "; " + end;
        }
        return came + "; " + end + (Objects.equals(answeredAt, endedAt) ? "" : " " + endedAt);
    }
}
