package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The archive of loaded classes that the build leaves beside the launcher: used where it fits, harmless where it does not. */
@Timeout(120)
class ArchiveIT {

    private static final Path HOME = CliProcess.LAUNCHER.getParent();
    private static final String ARCHIVE = "mtg-cli-[0-9]+\\.(jsa|aot)";

    @TempDir
    Path directory;

    @Test
    void classesComeOutOfTheArchive() throws Exception {
        Path archive = archive();
        assertThat(Files.size(archive)).isGreaterThan(1 << 20);
        assertThat(sourceOfMain(CliProcess.LAUNCHER)).contains("shared objects file");
    }

    @Test
    void aBrokenArchiveChangesNothingButTime() throws Exception {
        Path launcher = copyProgram();
        Path archive = directory.resolve(archive().getFileName());
        for (int size : new int[] {0, 3, 100_000}) {
            byte[] bytes = new byte[size];
            new Random(size).nextBytes(bytes);
            Files.write(archive, bytes);
            assertWorks(launcher);
        }
    }

    @Test
    void anArchiveOfAnotherJarChangesNothingButTime() throws Exception {
        Path launcher = copyProgram();
        Files.copy(archive(), directory.resolve(archive().getFileName()));
        assertWorks(launcher);
        assertThat(sourceOfMain(launcher)).doesNotContain("shared objects file");
    }

    @Test
    void isMadeAnewWhereTheProgramWasMovedTo() throws Exception {
        Path launcher = copyProgram();
        try (CliProcess archiving = CliProcess.startCommand(
                Map.of(), List.of(directory.resolve("mtg-archive").toString()))) {
            assertThat(archiving.awaitExit()).as(archiving.err()).isZero();
            assertThat(archiving.out()).contains(archive().getFileName().toString());
        }
        assertThat(sourceOfMain(launcher)).contains("shared objects file");
        assertWorks(launcher);
    }

    /** The program in a folder of its own; its jar is younger than the one that was archived. */
    private Path copyProgram() throws IOException {
        Files.copy(HOME.resolve("mtg-cli.jar"), directory.resolve("mtg-cli.jar"));
        Files.copy(HOME.resolve("mtg-archive"), directory.resolve("mtg-archive"), StandardCopyOption.COPY_ATTRIBUTES);
        return Files.copy(CliProcess.LAUNCHER, directory.resolve("mtg-cli"), StandardCopyOption.COPY_ATTRIBUTES);
    }

    private static Path archive() throws IOException {
        try (Stream<Path> files = Files.list(HOME)) {
            List<Path> archives = files.filter(
                            file -> file.getFileName().toString().matches(ARCHIVE))
                    .toList();
            assertThat(archives).hasSize(1);
            return archives.get(0);
        }
    }

    private static void assertWorks(Path launcher) throws Exception {
        try (CliProcess cli =
                CliProcess.startCommand(Map.of(), List.of(launcher.toString(), "generate-secret", "simple"))) {
            assertThat(cli.awaitExit()).as(cli.err()).isZero();
            assertThat(cli.out()).matches("[0-9a-f]{32}\n");
        }
    }

    /** The JVM's word about where it had the main class from. */
    private String sourceOfMain(Path launcher) throws Exception {
        Path log = directory.resolve("classes.log");
        Map<String, String> environment = Map.of("MTG_JAVA_OPTS", "-Xlog:class+load=info:file=" + log);
        try (CliProcess cli = CliProcess.startCommand(environment, List.of(launcher.toString(), "--version"))) {
            assertThat(cli.awaitExit()).isZero();
        }
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(Main.class.getName() + " "))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
