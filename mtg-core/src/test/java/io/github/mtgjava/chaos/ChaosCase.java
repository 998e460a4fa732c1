package io.github.mtgjava.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.mtgjava.ProxyStats;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.internal.LogRecorder;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be so after chaos of any length. */
final class ChaosCase {

    private static final Logger LOG = LoggerFactory.getLogger(ChaosCase.class);

    /** How warnings begin that faults explain, and by which. */
    private static final Map<String, String> EXPLAINED = Map.of(
            "cannot accept connections on",
            "there are no descriptors, on purpose",
            "the observer class io.github.mtgjava.chaos.Witness held an event loop up",
            "a machine so busy that our own observer is held up; it loses nothing by that");

    private ChaosCase() {}

    /** Warms up, plays, and looks at what is left. */
    static void run(ChaosRun.Settings settings) throws Exception {
        try (LogRecorder log = LogRecorder.ofAll()) {
            try (ChaosRun run = new ChaosRun(settings)) {
                run.warmUp();
                assertBalanced(run);
                Levels before = Levels.now();
                run.play();
                assertBalanced(run);
                assertAllHappened(run);
                awaitReturn(run, before);
                run.serveOneMore();
                assertBalanced(run);
            }
            assertExplained(log);
        }
    }

    /** Every account adds up, and so do the totals. */
    private static void assertBalanced(ChaosRun run) {
        assertThat(run.ledger().failures()).isEmpty();
        ProxyStats stats = run.stats();
        Witness witness = run.witness();
        assertThat(stats.open()).isZero();
        assertThat(sum(stats.closed().values())).isEqualTo(stats.accepted()).isEqualTo(witness.accepted());
        assertThat(witness.fromClients()).isEqualTo(stats.bytesFromClients());
        assertThat(witness.toClients()).isEqualTo(stats.bytesToClients());
        assertThat(stats.handshakes()).isZero();
        assertThat(stats.cloaking()).isZero();
        assertThat(sum(stats.clients().values())).isZero();
        assertThat(sum(stats.telegramConnections().values())).isZero();
        assertThat(stats.bufferedBytes()).isZero();
        assertThat(stats.crashes()).isZero();
        assertThat(stats.observerFailures()).isZero();
        assertThat(stats.observerDrops()).isZero();
        // Whoever went while Telegram was being dialled may have left a connection behind that says nothing.
        assertThat(run.telegram().speechless()).isLessThanOrEqualTo(run.ledger().unmatched());
    }

    private static void assertAllHappened(ChaosRun run) {
        assertThat(run.faults())
                .allMatch(fault -> run.weather().isCalm(fault) && run.weather().count(fault) > 0);
        for (Kind kind : Kind.values()) {
            assertThat(Arrays.stream(Outcome.values())
                            .mapToLong(outcome -> run.ledger().count(kind, outcome))
                            .sum())
                    .as(kind.toString())
                    .isPositive();
        }
        ProxyStats stats = run.stats();
        LOG.info("refused: {}; closed: {}", positive(stats.refused()), positive(stats.closed()));
        LOG.info(
                "{} visits met silence for want of a site; {} clients were never seen by the proxy; of {} connections to"
                        + " Telegram {} came and {} said nothing",
                run.witness().failedCloaks(),
                run.ledger().ignored(),
                run.witness().reachedTelegram(),
                run.telegram().connections(),
                run.telegram().speechless());
        assertThat(stats.refused().get(RefusalReason.REPLAY)).isPositive();
        assertThat(stats.refused().get(RefusalReason.CLOCK_SKEW)).isPositive();
        assertThat(run.ledger().count(Outcome.COMPLETE)).isPositive();
        assertThat(run.ledger().count(Outcome.CLOAKED)).isPositive();
    }

    private static void awaitReturn(ChaosRun run, Levels before) throws InterruptedException {
        Levels[] now = {before};
        try {
            run.await("levels return", () -> {
                now[0] = Levels.now();
                return now[0].areBackAt(before, run.heldMost());
            });
        } finally {
            LOG.info("before: {}; after: {}; held at most {} bytes", before, now[0], run.heldMost());
        }
    }

    private static void assertExplained(LogRecorder log) {
        assertThat(log.messages(Level.ERROR)).isEmpty();
        Map<String, Long> warnings = log.messages(Level.WARN).stream()
                .collect(Collectors.groupingBy(ChaosCase::kindOf, TreeMap::new, Collectors.counting()));
        LOG.info("warnings: {}", warnings);
        assertThat(warnings.keySet()).allMatch(EXPLAINED::containsKey);
    }

    private static String kindOf(String message) {
        return EXPLAINED.keySet().stream().filter(message::startsWith).findAny().orElse(message);
    }

    private static long sum(Collection<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    private static <K> Map<K, Long> positive(Map<K, Long> counts) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
