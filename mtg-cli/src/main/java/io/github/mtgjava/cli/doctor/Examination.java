package io.github.mtgjava.cli.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs checks at the same time, each within the limit, whatever they do. */
final class Examination {

    private final Duration limit;

    Examination(Duration limit) {
        this.limit = limit;
    }

    /** What they find, in their order. */
    List<Finding> of(List<Check> checks) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        Map<Check, FutureTask<List<Finding>>> tasks = new LinkedHashMap<>();
        checks.forEach(check -> tasks.put(check, Daemons.start(check.name(), check::run)));
        List<Finding> findings = new ArrayList<>();
        for (Map.Entry<Check, FutureTask<List<Finding>>> task : tasks.entrySet()) {
            findings.addAll(await(task.getKey().name(), task.getValue(), deadline));
        }
        return findings;
    }

    private List<Finding> await(String name, FutureTask<List<Finding>> task, long deadline)
            throws InterruptedException {
        try {
            return task.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            task.cancel(true);
            return List.of(Finding.fail(
                    name, "did not finish within " + Times.text(limit) + ": give it more time by --timeout"));
        } catch (ExecutionException e) {
            // Its message may say anything, even a secret.
            return List.of(Finding.fail(
                    name,
                    "broke down with "
                            + Objects.requireNonNullElse(e.getCause(), e)
                                    .getClass()
                                    .getName() + ": this is a fault of mtg-cli, please " + "report it"));
        }
    }
}
