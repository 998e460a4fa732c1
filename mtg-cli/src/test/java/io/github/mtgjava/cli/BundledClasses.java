package io.github.mtgjava.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Where the classes of others in the runnable jar are from: jars that the tests have, with the same classes bit by bit. */
final class BundledClasses {

    private static final Pattern OURS = Pattern.compile("(META-INF/versions/[0-9]+/)?io/github/mtgjava/.*");

    private final Map<String, Path> origins = new TreeMap<>();
    private final SortedSet<String> unknown = new TreeSet<>();

    BundledClasses(ZipFile runnable) throws IOException {
        runnable.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.endsWith(".class") && !OURS.matcher(name).matches())
                .forEach(unknown::add);
        String paths =
                System.getProperty("jdk.module.path", "") + File.pathSeparator + System.getProperty("java.class.path");
        for (String element : paths.split(File.pathSeparator)) {
            Path jar = Path.of(element);
            if (Files.isRegularFile(jar)) {
                attribute(runnable, jar);
            }
        }
    }

    private void attribute(ZipFile runnable, Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry theirs : zip.stream().toList()) {
                String name = theirs.getName();
                if (unknown.contains(name) && runnable.getEntry(name).getCrc() == theirs.getCrc()) {
                    unknown.remove(name);
                    origins.put(name, jar);
                }
            }
        }
    }

    /** By path of the class. */
    Map<String, Path> origins() {
        return origins;
    }

    /** Classes that are in none of these jars. */
    SortedSet<String> unknown() {
        return unknown;
    }
}
