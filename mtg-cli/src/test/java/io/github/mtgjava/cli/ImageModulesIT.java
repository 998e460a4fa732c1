package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolvedModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The runtime image has the modules of Java that the runnable jar refers to, but for those that are named here with a reason. */
@Timeout(120)
class ImageModulesIT {

    private static final Path HOME = CliProcess.LAUNCHER.getParent();

    /** Micrometer's meters for loggers that we do not use, those for data bases, and Netty's events for the flight recorder. */
    private static final Set<String> NOT_REACHED = Set.of("java.desktop", "java.sql", "jdk.jfr");

    /** A provider of algorithms, which nobody refers to: HTTPS with elliptic curves on JDKs before 22. */
    private static final Set<String> FOUND_AT_RUN_TIME = Set.of("jdk.crypto.ec");

    @Test
    void hasTheModulesThatTheJarRefersTo() throws IOException {
        Set<String> named = named();
        Set<String> referred = referred();

        Set<String> missing = new TreeSet<>(referred);
        missing.removeAll(resolved(named));
        assertThat(missing).as("modules that the image lacks").isEqualTo(NOT_REACHED);

        Set<String> superfluous = new TreeSet<>(named);
        superfluous.removeAll(referred);
        assertThat(superfluous).as("modules that the jar has no use for").isEqualTo(FOUND_AT_RUN_TIME);
    }

    /** What the script has jlink put in. */
    private static Set<String> named() throws IOException {
        List<String> lists = Pattern.compile("^modules=(\\S+)$", Pattern.MULTILINE)
                .matcher(Files.readString(HOME.resolve("mtg-image")))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(lists).hasSize(1);
        return Set.of(lists.get(0).split(","));
    }

    /** With what these modules need, which jlink puts in as well. */
    private static Set<String> resolved(Set<String> modules) {
        return Configuration.empty().resolve(ModuleFinder.ofSystem(), ModuleFinder.of(), modules).modules().stream()
                .map(ResolvedModule::name)
                .collect(Collectors.toSet());
    }

    private static Set<String> referred() {
        StringWriter out = new StringWriter();
        PrintWriter printer = new PrintWriter(out);
        String jar = HOME.resolve("mtg-cli.jar").toString();
        int code = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(printer, printer, "--multi-release", "17", "--ignore-missing-deps", "--list-deps", jar);
        assertThat(code).as(out.toString()).isZero();
        // Sometimes with a package, as in "java.base/sun.security.util"; and there is "JDK removed internal API".
        return out.toString()
                .lines()
                .map(line -> line.strip().replaceFirst("/.*", ""))
                .filter(module -> !module.contains(" "))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
