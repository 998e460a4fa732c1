package io.github.mtgjava.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.probe.ProbeException;
import io.github.mtgjava.probe.ProbeException.Fault;

/** Assertions about failed probes. */
public final class Faults {

    private Faults() {}

    /** A call of a probe. */
    @FunctionalInterface
    public interface Probe {
        Object run() throws ProbeException;
    }

    /** The probe must fail in this way; returns its message. */
    public static String messageOf(Fault fault, Probe probe) {
        try {
            throw new AssertionError("no failure but " + probe.run());
        } catch (ProbeException failure) {
            assertThat(failure.fault()).as(failure.getMessage()).isEqualTo(fault);
            assertThat(failure.getMessage()).contains("127.0.0.1:");
            return failure.getMessage();
        }
    }
}
