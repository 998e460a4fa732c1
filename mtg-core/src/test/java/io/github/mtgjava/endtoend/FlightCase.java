package io.github.mtgjava.endtoend;

import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.Passage;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** A proxy that cloaks one site after the other, all of them under the same address. */
final class FlightCase implements AutoCloseable {

    /** Signatures vary in length, and all lengths have to be seen. */
    private static final int LOOKS = 20;

    private static final long LIMIT_NANOS = Duration.ofSeconds(60).toNanos();

    private final Passage passage;
    private final RunningCase running;

    FlightCase(InetSocketAddress firstSite) throws Exception {
        passage = Passage.to(firstSite);
        running = RunningCase.start(
                Mode.TLS, builder -> builder.cloakAddress(passage.address()).cloakProbeInterval(Duration.ofSeconds(1)));
    }

    /** Another site is there from now on. */
    void cloak(InetSocketAddress site) {
        passage.leadTo(site);
    }

    /** Waits until clients are answered as the visitors of that site are. */
    void awaitLikenessTo(InetSocketAddress site) throws Exception {
        Set<FirstFlight> sites = new HashSet<>();
        for (int i = 0; i < LOOKS; i++) {
            sites.add(FirstFlight.of(site, RunningCase.HOST));
        }
        long begun = System.nanoTime();
        FirstFlight ours = FirstFlight.of(running);
        while (!sites.contains(ours)) {
            if (System.nanoTime() - begun > LIMIT_NANOS) {
                throw new AssertionError("clients get " + ours + " where visitors get " + sites);
            }
            ours = FirstFlight.of(running);
        }
    }

    @Override
    public void close() {
        running.close();
        passage.close();
    }
}
