package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The runnable jar lists whose libraries it holds, no more and no less, and carries what their licences want passed on. */
@Timeout(60)
class LicencesIT {

    private static final Path JAR = CliProcess.LAUNCHER.resolveSibling("mtg-cli.jar");
    private static final String APACHE = "Apache License Version 2.0, January 2004";

    private static ZipFile jar;
    private static BundledClasses classes;
    private static List<ThirdParty> listed;

    @BeforeAll
    static void open() throws IOException {
        jar = new ZipFile(JAR.toFile());
        classes = new BundledClasses(jar);
        listed = ThirdParty.parse(text(jar, "META-INF/THIRD-PARTY.txt"));
    }

    @AfterAll
    static void close() throws IOException {
        jar.close();
    }

    @Test
    void listsTheLibrariesWhoseClassesAreThere() {
        assertThat(classes.unknown()).as("classes of nobody knows whom").isEmpty();
        Set<String> paths = libraries()
                .map(library -> ThirdParty.path(library.artifact()))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> bundled = classes.origins().values().stream()
                .map(origin ->
                        paths.stream().filter(origin::endsWith).findFirst().orElse(origin.toString()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(paths).containsExactlyElementsOf(bundled);
    }

    @Test
    void listsTheLibrariesThatSayThemselvesThatTheyAreThere() throws IOException {
        Set<String> artifacts = libraries().map(ThirdParty::artifact).collect(Collectors.toSet());
        for (String name : names("META-INF/maven/")) {
            if (name.endsWith("/pom.properties") && !name.contains("/io.github.mtgjava/")) {
                Properties properties = new Properties();
                try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
                    properties.load(in);
                }
                assertThat(artifacts)
                        .contains(properties.getProperty("groupId") + ":" + properties.getProperty("artifactId") + ":"
                                + properties.getProperty("version"));
            }
        }
    }

    @Test
    void listsWhatLibrariesHoldUnderOtherNames() {
        List<ThirdParty> insiders =
                listed.stream().filter(ThirdParty::isWithinAnother).toList();
        for (Map.Entry<String, Path> found : classes.origins().entrySet()) {
            String path = found.getKey().replaceFirst("^META-INF/versions/[0-9]+/", "");
            List<ThirdParty> owners =
                    insiders.stream().filter(one -> one.hasClass(path)).toList();
            assertThat(!owners.isEmpty()).as(path).isEqualTo(path.contains("/shaded/"));
            // Another version of the outer library may hold another one of the inner library, which nothing here could
            // tell.
            assertThat(owners)
                    .as(found.getKey())
                    .allMatch(owner -> found.getValue().endsWith(ThirdParty.path(owner.within())));
        }
        assertThat(insiders)
                .allSatisfy(one -> assertThat(one.packages())
                        .isNotEmpty()
                        .allSatisfy(name ->
                                assertThat(names(name.replace('.', '/') + "/")).isNotEmpty()));
    }

    @Test
    void carriesTheTextsThatItNames() throws IOException {
        assertThat(text(jar, "META-INF/LICENSE")).isEqualTo(Files.readString(Path.of("..", "LICENSE")));
        Set<String> named = new TreeSet<>();
        for (ThirdParty one : listed) {
            List<String> texts = texts(one);
            assertThat(texts.contains("META-INF/LICENSE"))
                    .as(one.artifact())
                    .isEqualTo("Apache-2.0".equals(one.spdx()));
            named.addAll(texts);
        }
        assertThat(named).allSatisfy(name -> assertThat(text(jar, name)).isNotBlank());
        named.remove("META-INF/LICENSE");
        assertThat(names("META-INF/licenses/")).containsExactlyElementsOf(named);
    }

    @Test
    void passesOnWhatLibrariesThemselvesCarry() throws IOException {
        for (ThirdParty library : libraries().toList()) {
            Path origin = classes.origins().values().stream()
                    .filter(path -> path.endsWith(ThirdParty.path(library.artifact())))
                    .findFirst()
                    .orElseThrow();
            StringBuilder ours = new StringBuilder();
            for (String name : texts(library)) {
                ours.append(words(text(jar, name)));
            }
            try (ZipFile theirs = new ZipFile(origin.toFile())) {
                for (ZipEntry entry : theirs.stream().toList()) {
                    if (entry.getName().matches("(META-INF/)?(LICEN[CS]E|NOTICE|COPYING)[^/]*")) {
                        String text = words(text(theirs, entry.getName()));
                        // There is more than one edition of that licence: links and brackets differ.
                        assertThat(ours.toString())
                                .as(library.artifact() + " " + entry.getName())
                                .contains(text.contains(APACHE) ? APACHE : text);
                    }
                }
            }
        }
    }

    private static Stream<ThirdParty> libraries() {
        return listed.stream().filter(one -> !one.isWithinAnother());
    }

    /** The files that an entry names; at least one for each name. */
    private static List<String> texts(ThirdParty one) {
        assertThat(one.texts()).as(one.artifact()).isNotEmpty();
        return one.texts().stream()
                .flatMap(text -> {
                    List<String> files = names("META-INF/" + text);
                    assertThat(files).as(text).isNotEmpty();
                    return files.stream();
                })
                .toList();
    }

    /** What lies in a folder of the jar, or the file of that name. */
    private static List<String> names(String start) {
        return jar.stream()
                .map(ZipEntry::getName)
                .filter(name -> start.endsWith("/") ? name.startsWith(start) : name.equals(start))
                .filter(name -> !name.endsWith("/"))
                .sorted()
                .toList();
    }

    private static String text(ZipFile zip, String name) throws IOException {
        try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String words(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
