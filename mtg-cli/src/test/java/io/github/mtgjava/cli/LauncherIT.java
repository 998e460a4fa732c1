package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mtgjava.Secret;
import io.github.mtgjava.SecretType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, and the commands that end by themselves. */
@Timeout(120)
class LauncherIT {

    @TempDir
    Path directory;

    @Test
    void tellsItsVersion() throws Exception {
        try (CliProcess cli = CliProcess.start(Map.of(), "--version")) {
            assertThat(cli.awaitExit()).isZero();
            assertThat(cli.out()).startsWith("mtg-cli ").doesNotContain("development");
            assertThat(cli.err()).isEmpty();
        }
    }

    @Test
    void generatesSecrets() throws Exception {
        try (CliProcess cli = CliProcess.start(Map.of(), "generate-secret", "-c", "www.example.com", "tls")) {
            assertThat(cli.awaitExit()).isZero();
            assertThat(cli.out()).hasLineCount(1);
            assertThat(Secret.parse(cli.out()).type()).isEqualTo(SecretType.TLS);
        }
    }

    @Test
    void generatesCompletionThatBashUnderstands() throws Exception {
        try (CliProcess cli = CliProcess.start(Map.of(), "generate-completion")) {
            assertThat(cli.awaitExit()).isZero();
            assertThat(cli.out()).contains("--cloak-port", "--stats-bind", "--multiplex-per-connection");
            Path script = Files.writeString(directory.resolve("completion"), cli.out());
            try (CliProcess bash = CliProcess.startCommand(Map.of(), List.of("bash", "-n", script.toString()))) {
                assertThat(bash.awaitExit()).isZero();
                assertThat(bash.err()).isEmpty();
            }
        }
    }

    @Test
    void failsWhenItsOutputIsLost() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "a device that is always full");
        List<String> command = List.of("sh", "-c", CliProcess.LAUNCHER + " generate-secret tls > /dev/full");
        try (CliProcess cli = CliProcess.startCommand(Map.of(), command)) {
            assertThat(cli.awaitExit()).isEqualTo(ExitCodes.CANNOT_START);
            assertThat(cli.err()).contains("cannot write to standard output");
        }
    }

    @Test
    void refusesWrongUsage() throws Exception {
        try (CliProcess cli = CliProcess.start(Map.of(), "run", "--nonsense")) {
            assertThat(cli.awaitExit()).isEqualTo(ExitCodes.USAGE);
            assertThat(cli.err()).isEqualTo("mtg-cli: unknown option --nonsense\nTry 'mtg-cli run --help'.\n");
        }
    }

    @Test
    void startsThroughSymbolicLinksAndFromPathsWithBlanks() throws Exception {
        Path home = Files.createDirectory(directory.resolve("a home"));
        Path script = Files.copy(CliProcess.LAUNCHER, home.resolve("mtg-cli"));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(home.resolve("mtg-cli.jar"), CliProcess.LAUNCHER.resolveSibling("mtg-cli.jar"));
        Path relative = Files.createSymbolicLink(home.resolve("relative"), Path.of("mtg-cli"));
        Path absolute = Files.createSymbolicLink(directory.resolve("absolute"), relative);
        try (CliProcess cli = CliProcess.startCommand(Map.of(), List.of(absolute.toString(), "--version"))) {
            assertThat(cli.awaitExit()).isZero();
            assertThat(cli.out()).startsWith("mtg-cli ");
        }
    }

    @Test
    void saysThatTheJarIsMissing() throws Exception {
        Path script = Files.copy(CliProcess.LAUNCHER, directory.resolve("mtg-cli"));
        assertFails(Map.of(), script, "mtg-cli.jar is missing");
    }

    @Test
    void saysThatJavaIsMissingOrTooOld() throws Exception {
        Path bin = Files.createDirectory(directory.resolve("bin"));
        assertFails(Map.of("JAVA_HOME", directory.toString()), CliProcess.LAUNCHER, "there is no bin/java in it");

        Path java = Files.writeString(bin.resolve("java"), "#!/bin/sh\necho 'openjdk version \"1.8.0_402\"' >&2\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertFails(
                Map.of("JAVA_HOME", directory.toString()), CliProcess.LAUNCHER, "is Java 1.8.0_402: install Java 17");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"16\" 2021-03-16' >&2\n");
        assertFails(Map.of("JAVA_HOME", directory.toString()), CliProcess.LAUNCHER, "is Java 16: install Java 17");
    }

    @Test
    void passesOnOptionsOfJava() throws Exception {
        Map<String, String> environment = Map.of("MTG_JAVA_OPTS", "-Da=* -Xlog:disable -XshowSettings:properties");
        try (CliProcess cli = CliProcess.start(environment, "--version")) {
            assertThat(cli.awaitExit()).isZero();
            assertThat(cli.err()).contains("a = *");
        }
    }

    @Test
    void hasOptionsOfJavaWinAgainstItsOwn() throws Exception {
        boolean hasCompactHeaders = Runtime.version().feature() >= 25;
        String options =
                "-Xmx64m " + (hasCompactHeaders ? "-XX:-UseCompactObjectHeaders " : "") + "-XX:+PrintFlagsFinal";
        try (CliProcess cli = CliProcess.start(Map.of("MTG_JAVA_OPTS", options), "--version")) {
            assertThat(cli.awaitExit()).isZero();
            assertThat(cli.out()).containsPattern("MaxHeapSize +=  *67108864 ");
            if (hasCompactHeaders) {
                assertThat(cli.out()).containsPattern("UseCompactObjectHeaders +=  *false ");
            }
        }
    }

    private static void assertFails(Map<String, String> environment, Path script, String message)
            throws IOException, InterruptedException {
        List<String> command = List.of("sh", script.toString(), "--version");
        try (CliProcess cli = CliProcess.startCommand(environment, command)) {
            assertThat(cli.awaitExit()).isEqualTo(ExitCodes.CANNOT_START);
            assertThat(cli.err()).startsWith("mtg-cli: ").contains(message).hasLineCount(1);
            assertThat(cli.out()).isEmpty();
        }
    }
}
