package io.github.mtgjava.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds README.md to the examples that there are. */
class ExamplesTableTest {

    private static final Path MAIN = Path.of("src/main/java/io/github/mtgjava/examples");
    private static final Path TEST = Path.of("src/test/java/io/github/mtgjava/examples");
    private static final Pattern ROW =
            Pattern.compile("^\\| \\[([\\w.]+)]\\(([\\w/.]+)\\) \\| .+ \\| `([^`]+)` \\|$", Pattern.MULTILINE);

    private final String readme = Files.readString(Path.of("README.md"));

    ExamplesTableTest() throws IOException {}

    @Test
    void everyProgramHasARowAndEveryRowAProgram() throws IOException {
        assertThat(rows().keySet()).isEqualTo(programs().keySet()).hasSizeGreaterThan(5);
    }

    @Test
    void everyCommandStartsItsProgram() {
        assertThat(rows())
                .allSatisfy((name, command) ->
                        assertThat(command).matches("(MTG_\\w+=\\S+ )*mtg-examples/example " + name + "( .*)?"));
    }

    @Test
    void everyProgramSaysHowToRunIt() throws IOException {
        assertThat(programs())
                .allSatisfy((name, source) -> assertThat(source).contains("mtg-examples/example " + name));
    }

    @Test
    void everyProgramHasATest() throws IOException {
        assertThat(programs().keySet()).allSatisfy(name -> {
            Path test = TEST.resolve(name.replace('.', '/') + "Test.java");
            assertThat(test).exists();
        });
    }

    @Test
    void everyLinkLeadsSomewhere() {
        assertThat(Pattern.compile("]\\(([^)#]+)").matcher(readme).results())
                .hasSizeGreaterThan(5)
                .allSatisfy(link -> assertThat(Path.of(link.group(1))).exists());
    }

    /** Their commands, by their names, which are those of the classes without the package of all examples. */
    private Map<String, String> rows() {
        Map<String, String> rows = new TreeMap<>();
        ROW.matcher(readme).results().forEach(row -> {
            assertThat(row.group(2)).isEqualTo(MAIN + "/" + row.group(1).replace('.', '/') + ".java");
            rows.put(row.group(1), row.group(3));
        });
        return rows;
    }

    /** The sources of whatever can be started, by their names. */
    private static Map<String, String> programs() throws IOException {
        Map<String, String> programs = new TreeMap<>();
        try (Stream<Path> files = Files.walk(MAIN)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String source = Files.readString(file);
                if (source.contains("public static void main(String[] args)")) {
                    String path = MAIN.relativize(file).toString();
                    programs.put(path.replace(".java", "").replace('/', '.'), source);
                }
            }
        }
        return programs;
    }
}
