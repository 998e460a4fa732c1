package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.MtProxyBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What {@code deploy/} and its document say is what the program knows, and nothing there names what is not there. */
class DeploymentFilesTest {

    private static final Path HOME = Path.of("..");
    private static final Path DEPLOY = HOME.resolve("deploy");
    private static final Path DOCUMENT = HOME.resolve(Path.of("docs", "deploy.md"));

    /** Read by others than the options. */
    private static final Set<String> OTHER_VARIABLES = Set.of("MTG_SECRET", "MTG_ADTAG", "MTG_JAVA_OPTS");

    private static final Pattern VARIABLE = Pattern.compile("\\bMTG_[A-Z0-9_]+\\b");
    private static final Pattern OPTION = Pattern.compile("(?<![-\\w])--[a-z][a-z0-9-]+");
    /** Between draining and the end of the process. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final CommandSpec run = new Cli().parseRun();

    @Test
    void namesVariablesThatExist() throws IOException {
        Set<String> known = run.options().stream()
                .flatMap(option -> EnvironmentDefaults.variable(option).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        known.addAll(OTHER_VARIABLES);
        Set<String> named = new TreeSet<>();
        for (Path file : files()) {
            List<String> found = found(VARIABLE, Files.readString(file));
            assertThat(known).as(file.toString()).containsAll(found);
            named.addAll(found);
        }
        assertThat(named).contains("MTG_BIND", "MTG_IPV4", "MTG_STATS_BIND", "MTG_CACHE_DIR");
    }

    @Test
    void runsTheProxyWithOptionsThatExist() throws IOException {
        Set<String> known = run.options().stream().map(OptionSpec::longestName).collect(Collectors.toSet());
        for (String line : List.of(
                line("docker/Dockerfile", "CMD ["),
                line("systemd/mtg.service", "ExecStart="),
                line("systemd/reload-secret.conf", "ExecStart=/"),
                line("kubernetes/deployment.yaml", "          args:"))) {
            assertThat(found(OPTION, line)).as(line).isNotEmpty().isSubsetOf(known);
            assertThat(line).containsPattern("\\brun\\b");
        }
    }

    @Test
    void usesThePortsThatTheProgramHasByDefault() throws IOException {
        String clients = Integer.toString(MtProxyBuilder.DEFAULT_BIND.getPort());
        String stats = port(run.findOption("--stats-bind").defaultValue());
        assertThat(line("docker/Dockerfile", "EXPOSE")).isEqualTo("EXPOSE " + clients);
        assertThat(deployed("docker/compose.yaml"))
                .contains("443:" + clients + "\"", "127.0.0.1:" + stats + ":" + stats, "0.0.0.0:" + stats);
        assertThat(deployed("docker/healthcheck")).contains("MTG_STATS_BIND:-127.0.0.1:" + stats);
        assertThat(deployed("kubernetes/deployment.yaml"))
                .contains("name: clients\n              containerPort: " + clients)
                .contains("name: stats\n              containerPort: " + stats, "port: \"" + stats + "\"");
        assertThat(deployed("kubernetes/mtg.env")).contains("MTG_STATS_BIND=0.0.0.0:" + stats);
        assertThat(deployed("ansible/roles/mtg/defaults/main.yml")).contains("mtg_stats: 127.0.0.1:" + stats);
    }

    @Test
    void waitsLongerThanClientsGetToEnd() throws IOException {
        Duration drain = ShutdownDrain.DRAIN.plus(MARGIN);
        assertThat(seconds("systemd/mtg.service", "TimeoutStopSec=(\\d+)s")).isGreaterThanOrEqualTo(drain);
        assertThat(seconds("docker/compose.yaml", "stop_grace_period: (\\d+)s")).isGreaterThanOrEqualTo(drain);
        Duration before = seconds("kubernetes/deployment.yaml", "\\[\"sleep\", \"(\\d+)\"\\]");
        assertThat(seconds("kubernetes/deployment.yaml", "terminationGracePeriodSeconds: (\\d+)"))
                .isGreaterThanOrEqualTo(drain.plus(before));
    }

    @Test
    void doesNotTryAgainAfterWrongUsage() throws IOException {
        assertThat(line("systemd/mtg.service", "RestartPreventExitStatus"))
                .isEqualTo("RestartPreventExitStatus=" + ExitCodes.USAGE);
    }

    @Test
    void namesFilesThatExist() throws IOException {
        Pattern copied = Pattern.compile("^COPY (?!--from)(?:--\\S+ )*(\\S+) ", Pattern.MULTILINE);
        assertThat(copied.matcher(deployed("docker/Dockerfile")).results().map(match -> match.group(1)))
                .contains("deploy/docker/healthcheck")
                .allSatisfy(file -> assertThat(HOME.resolve(file)).exists());
        assertThat(line("docker/Dockerfile", "HEALTHCHECK")).endsWith("CMD [\"mtg-healthcheck\"]");
        assertThat(Files.isExecutable(DEPLOY.resolve(Path.of("docker", "healthcheck"))))
                .isTrue();

        Pattern resource = Pattern.compile("^ +- (\\S+\\.(?:yaml|env))$", Pattern.MULTILINE);
        assertThat(resource.matcher(deployed("kubernetes/kustomization.yaml"))
                        .results()
                        .map(match -> match.group(1)))
                .hasSize(6)
                .allSatisfy(file ->
                        assertThat(DEPLOY.resolve(Path.of("kubernetes", file))).exists());

        assertThat(deployed("ansible/roles/mtg/files/mtg.service"))
                .as("the unit that Ansible installs")
                .isEqualTo(deployed("systemd/mtg.service"));

        List<String> mentioned = found(Pattern.compile("(?:docs/)?deploy/[\\w./-]*\\w"), Files.readString(DOCUMENT));
        assertThat(mentioned)
                .isNotEmpty()
                .allSatisfy(file -> assertThat(HOME.resolve(file)).exists());
    }

    @Test
    void namesNoVersionOfItsOwn() throws IOException {
        Pattern version = Pattern.compile("mtg(?:-cli)?[-:]v?\\d+\\.\\d+|\\d-SNAPSHOT");
        for (Path file : files()) {
            assertThat(found(version, Files.readString(file)))
                    .as(file.toString())
                    .isEmpty();
        }
    }

    private static String port(String address) {
        return address.substring(address.lastIndexOf(':') + 1);
    }

    private static Duration seconds(String file, String pattern) throws IOException {
        List<String> found = Pattern.compile(pattern)
                .matcher(deployed(file))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(found).as(file).hasSize(1);
        return Duration.ofSeconds(Long.parseLong(found.get(0)));
    }

    private static String line(String file, String start) throws IOException {
        List<String> lines =
                deployed(file).lines().filter(line -> line.startsWith(start)).toList();
        assertThat(lines).as(file + ": " + start).hasSize(1);
        return lines.get(0);
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group()).toList();
    }

    private static String deployed(String file) throws IOException {
        return Files.readString(DEPLOY.resolve(file));
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> found = Files.walk(DEPLOY)) {
            return Stream.concat(found.filter(Files::isRegularFile), Stream.of(DOCUMENT))
                    .toList();
        }
    }
}
