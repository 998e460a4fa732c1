package io.github.mtgjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever modules export is documented, and so is the test kit. The compiler looks at the comments. */
@Timeout(120)
class DocumentedApiTest {

    private static final String TEST_KIT = "io.github.mtgjava.testkit";

    /** What it says where a reader would find no word. That every parameter has a tag of its own is not asked for. */
    private static final Pattern UNDOCUMENTED =
            Pattern.compile(".*: (no comment|empty comment|no main description|use of default constructor.*)");

    private static final Pattern UNDOCUMENTED_COMPONENT = Pattern.compile(".*: no @param for .*");

    @TempDir
    private Path folder;

    @Test
    void everyMemberIsDocumented() throws Exception {
        List<Path> sources = new ArrayList<>();
        for (String module : List.of("mtg-crypto", "mtg-transport", "mtg-core")) {
            addSources(sources, Path.of("..", module, "src", "main", "java"));
        }
        addSources(
                sources, Path.of("..", "mtg-transport", "src", "test", "java", "io", "github", "mtgjava", "testkit"));
        assertThat(undocumented(sources, String.join(",", Exported.packages()) + "," + TEST_KIT))
                .isEmpty();
    }

    @Test
    void noticesWhatIsNotDocumented() throws Exception {
        Path source = folder.resolve("Sample.java");
        Files.writeString(source, """
                package sample;
                /** Documented. */
                public final class Sample {
                    private Sample() {}
                    /** Documented. */
                    public static String documented() { return ""; }
                    public static void silent() {}
                    @Override public String toString() { return ""; }
                    void hidden() {}
                }
                """);
        assertThat(undocumented(List.of(source), "sample"))
                .singleElement(STRING)
                .contains("Sample.java:7:", "silent()");
    }

    private static void addSources(List<Path> sources, Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("module-info.java")
                            && !file.toString().endsWith("Test.java"))
                    .forEach(sources::add);
        }
    }

    private List<String> undocumented(List<Path> sources, String packages) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                "-J-Duser.language=en",
                "-proc:none",
                "-Xmaxwarns",
                "9999",
                "-Xdoclint:missing/protected",
                "-Xdoclint/package:" + packages,
                "-d",
                folder.toString(),
                "-cp",
                // Tests of a module have most of what they need on the module path.
                System.getProperty("java.class.path")
                        + File.pathSeparator
                        + System.getProperty("jdk.module.path", "")));
        sources.forEach(source -> command.add(source.toString()));
        Path output = folder.resolve("javac.log");
        Process javac = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(javac.waitFor(100, TimeUnit.SECONDS)).isTrue();
            List<String> lines = Files.readAllLines(output);
            assertThat(javac.exitValue()).as(() -> String.join("\n", lines)).isZero();
            return complaints(lines);
        } finally {
            javac.destroyForcibly();
        }
    }

    /** The compiler's lines of interest, each with the line of code below it. */
    private static List<String> complaints(List<String> lines) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String code = i + 1 < lines.size() ? lines.get(i + 1) : "";
            // JDK 17 does not see what is said of a record's components.
            boolean component = code.contains("record ") && Runtime.version().feature() > 17;
            if (UNDOCUMENTED.matcher(line).matches()
                    || component && UNDOCUMENTED_COMPONENT.matcher(line).matches()) {
                found.add(line + " " + code.strip());
            }
        }
        return found;
    }
}
