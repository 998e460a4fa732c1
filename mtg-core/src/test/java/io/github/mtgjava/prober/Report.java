package io.github.mtgjava.prober;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The table of what was found, in Markdown. Thread-safe. */
final class Report {

    private static final int SHOWN_KINDS = 4;
    private static final int SHOWN_NAMES = 8;

    private final StringBuilder text = new StringBuilder("# What a prober sees\n");

    /** Adds a table, and returns the lines that tell of differences for which there is no excuse. */
    synchronized List<String> add(Site site, List<Finding> findings) {
        text.append("\n## ").append(site.name()).append("\n\n| probe | origin | proxy | same |\n|---|---|---|---|\n");
        Map<String, List<Finding>> rows = new LinkedHashMap<>();
        findings.forEach(finding ->
                rows.computeIfAbsent(finding.row(), none -> new ArrayList<>()).add(finding));
        List<String> bad = new ArrayList<>();
        rows.forEach((row, all) -> {
            String line = line(site, row, all);
            text.append(line).append('\n');
            boolean same = all.stream().allMatch(Finding::same);
            if (!same && Unavoidable.reason(site, row).isEmpty()) {
                bad.add(line);
            }
        });
        return bad;
    }

    private static String line(Site site, String row, List<Finding> all) {
        String probe = row + (all.size() > 1 ? " (" + all.size() + ")" : "");
        return "| " + probe + " | " + kinds(all, Finding::site) + " | " + kinds(all, Finding::proxy) + " | "
                + verdict(site, row, all) + " |";
    }

    private static String kinds(List<Finding> all, Function<Finding, String> side) {
        Map<String, Long> kinds =
                all.stream().collect(Collectors.groupingBy(side, LinkedHashMap::new, Collectors.counting()));
        if (kinds.size() > SHOWN_KINDS) {
            return kinds.size() + " different answers";
        }
        return kinds.entrySet().stream()
                .map(kind -> kinds.size() > 1 ? kind.getValue() + " × " + kind.getKey() : kind.getKey())
                .collect(Collectors.joining("<br>"));
    }

    private static String verdict(Site site, String row, List<Finding> all) {
        List<Finding> different =
                all.stream().filter(finding -> !finding.same()).toList();
        if (different.isEmpty()) {
            return "yes";
        }
        Optional<String> reason = Unavoidable.reason(site, row);
        if (reason.isPresent()) {
            return "no: " + reason.get();
        }
        String names = different.stream()
                .limit(SHOWN_NAMES)
                .map(finding -> finding.name() + " (" + finding.site() + " — " + finding.proxy() + ")")
                .collect(Collectors.joining("; "));
        return "**no**" + (all.size() > 1 ? ", " + different.size() + " of them: " + names : "");
    }

    synchronized void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
    }
}
