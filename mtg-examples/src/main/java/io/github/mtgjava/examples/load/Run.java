package io.github.mtgjava.examples.load;

import java.io.IOException;
import org.HdrHistogram.Histogram;

/** One measurement. Works on the caller's thread. */
final class Run {

    private static final double NANOS = 1e9;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double MEGA = 1e6;
    private static final double GIGA = 1e9;

    private final Plan plan;
    private final Clients clients;

    private Run(Plan plan, Clients clients) {
        this.plan = plan;
        this.clients = clients;
    }

    /** Carries a plan out; an {@link IOException} says what went wrong, and then there is no result. */
    static Result of(Plan plan, Progress progress) throws IOException {
        CtrStream.warmUp();
        try (Clients clients = new Clients(plan.target(), plan.maxErrors(), progress)) {
            return new Run(plan, clients).measure();
        } finally {
            progress.end();
        }
    }

    private Result measure() throws IOException {
        prepare();
        ProcessReading before = reading();
        long start = System.nanoTime();
        long done = work(plan.amount(), plan.seconds());
        double seconds = (System.nanoTime() - start) / NANOS;
        if (plan.scenario() == Scenario.IDLE) {
            clients.hold((long) (plan.seconds() * NANOS));
        }
        ProcessReading after = reading();
        Result result = new Result()
                .add("scenario", plan.scenario())
                .add("mode", plan.target().mode())
                .add("connections", plan.connections());
        addWork(result, done, seconds);
        result.add("errors", clients.errors());
        if (plan.proxyPid().isPresent()) {
            addCosts(result, done, before, after);
        }
        return result;
    }

    private void prepare() throws IOException {
        boolean keeps = plan.scenario() != Scenario.CONNECT && plan.scenario() != Scenario.IDLE;
        if (keeps) {
            clients.open(plan.connections(), plan.atOnce());
        }
        if (plan.warmUp() > 0 && plan.scenario() == Scenario.IDLE) {
            clients.churn(plan.warmUp(), plan.atOnce(), Clients.NEVER);
        } else if (plan.warmUp() > 0) {
            work(plan.warmUp(), 0);
        }
    }

    /** Returns how much was done: bytes, messages or handshakes. */
    private long work(long amount, long seconds) throws IOException {
        long deadline = seconds > 0 ? System.nanoTime() + (long) (seconds * NANOS) : Clients.NEVER;
        long limit = seconds > 0 ? Plan.MOST : amount;
        int message = plan.messageBytes();
        return switch (plan.scenario()) {
            case DOWN -> clients.transfer(Command.Op.DOWN, limit, 0, deadline);
            case UP -> clients.transfer(Command.Op.UP, limit, 0, deadline);
            case ECHO -> clients.transfer(Command.Op.ECHO, limit * message, message, deadline) / message;
            case CONNECT -> clients.churn(limit, plan.connections(), deadline);
            case IDLE -> clients.open(plan.connections(), plan.atOnce());
        };
    }

    private ProcessReading reading() throws IOException {
        return plan.proxyPid().isPresent() ? ProcessReading.of(plan.proxyPid().getAsLong()) : new ProcessReading(0, 0);
    }

    private void addWork(Result result, long done, double seconds) {
        switch (plan.scenario()) {
            case DOWN, UP -> addBytes(result, done, seconds);
            case ECHO -> {
                addBytes(result, done * plan.messageBytes(), seconds);
                result.add("messages", done).add("messages_per_s", done / seconds);
                addLatencies(result);
            }
            case CONNECT, IDLE -> {
                result.add("handshakes", done).add("seconds", seconds).add("handshakes_per_s", done / seconds);
                addLatencies(result);
            }
        }
    }

    /** From the first byte sent, or from the beginning of connecting, to the last byte that came back. */
    private void addLatencies(Result result) {
        Histogram latencies = clients.latencies();
        result.add("p50_us", latencies.getValueAtPercentile(50) / NANOS_PER_MICRO)
                .add("p99_us", latencies.getValueAtPercentile(99) / NANOS_PER_MICRO)
                .add("p999_us", latencies.getValueAtPercentile(99.9) / NANOS_PER_MICRO)
                .add("max_us", latencies.getMaxValue() / NANOS_PER_MICRO);
    }

    private static void addBytes(Result result, long bytes, double seconds) {
        result.add("payload_bytes", bytes).add("seconds", seconds).add("mb_per_s", bytes / MEGA / seconds);
    }

    private void addCosts(Result result, long done, ProcessReading before, ProcessReading after) {
        double cpu = after.cpuSeconds() - before.cpuSeconds();
        result.add("cpu_s", cpu);
        switch (plan.scenario()) {
            case DOWN, UP -> result.add("cpu_s_per_GB", cpu * GIGA / done);
            case ECHO -> result.add("cpu_us_per_message", cpu * MEGA / done);
            case CONNECT, IDLE -> result.add("cpu_s_per_1000_handshakes", cpu * 1000 / done);
        }
        result.add("rss_kb_before", before.residentKb()).add("rss_kb_after", after.residentKb());
        if (plan.scenario() == Scenario.IDLE) {
            double grown = after.residentKb() - before.residentKb();
            result.add("kb_per_idle_connection", grown / done);
        }
    }
}
