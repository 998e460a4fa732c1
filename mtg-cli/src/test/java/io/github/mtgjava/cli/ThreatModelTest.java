package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** SECURITY.md promises nothing without naming a test, and no test that is not there. */
class ThreatModelTest {

    private static final Path HOME = Path.of("..");
    private static final Pattern ROW = Pattern.compile("^\\| (?!attack|---)(.*) \\|$", Pattern.MULTILINE);
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT|Soak))`");

    @Test
    void everyThreatNamesTestsThatExist() throws IOException {
        Set<String> existing = tests();
        List<String> rows = rows();
        assertThat(rows).hasSizeGreaterThan(30);
        for (String row : rows) {
            String[] cells = row.split(" \\| ", -1);
            assertThat(cells).as(row).hasSize(3);
            List<String> named = TEST.matcher(cells[2])
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            assertThat(named).as(row).isNotEmpty();
            assertThat(existing).as(row).containsAll(named);
        }
    }

    private static List<String> rows() throws IOException {
        String text = Files.readString(HOME.resolve("SECURITY.md"));
        return ROW.matcher(text)
                .results()
                .map((MatchResult row) -> row.group(1))
                .toList();
    }

    private static Set<String> tests() throws IOException {
        try (Stream<Path> files = Files.find(
                HOME,
                20,
                (file, attributes) ->
                        attributes.isRegularFile() && file.toString().contains("src/test/java"))) {
            return files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
