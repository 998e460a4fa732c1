package io.github.mtgjava.cli.doctor;

import io.github.mtgjava.cli.JsonObject;
import io.github.mtgjava.cli.Redaction;
import io.github.mtgjava.cli.Words;
import io.github.mtgjava.cli.doctor.Finding.Status;
import java.util.List;
import java.util.stream.Collectors;

/** Findings as lines for people or as JSON for programs. */
final class Report {

    private Report() {}

    /** Whether nothing fails. */
    static boolean isOk(List<Finding> findings) {
        return findings.stream().noneMatch(finding -> finding.status() == Status.FAIL);
    }

    /** One line for each, in columns. */
    static String lines(List<Finding> findings) {
        int width = findings.stream()
                .mapToInt(finding -> finding.check().length())
                .max()
                .orElse(1);
        String format = "%-4s  %-" + width + "s  %s%n";
        return findings.stream()
                .map(finding -> String.format(format, finding.status(), finding.check(), text(finding)))
                .collect(Collectors.joining());
    }

    /** One document on one line. */
    static String json(List<Finding> findings) {
        List<JsonObject> objects = findings.stream()
                .map(finding -> new JsonObject()
                        .add("check", finding.check())
                        .add("status", Words.of(finding.status()))
                        .add("text", text(finding)))
                .toList();
        return new JsonObject().add("ok", isOk(findings)).addList("findings", objects) + System.lineSeparator();
    }

    /** On one line, and without secrets: a text may quote what another machine said. */
    private static String text(Finding finding) {
        return Redaction.of(finding.text()).replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
    }
}
