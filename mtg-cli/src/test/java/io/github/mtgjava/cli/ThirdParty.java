package io.github.mtgjava.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An entry of THIRD-PARTY.txt.
 *
 * @param artifact group, artifact and version, with colons between
 * @param spdx its licences
 * @param texts what its licences want passed on; folders end with a slash
 * @param within the artifact that holds it under another name, empty for one that is there as itself
 * @param packages that other name
 */
record ThirdParty(String artifact, String spdx, List<String> texts, String within, List<String> packages) {

    /** A heading, then lines of a name and its value. */
    static List<ThirdParty> parse(String list) {
        return Stream.of(list.split("\n\n"))
                .filter(block -> block.contains("\n    artifact "))
                .map(ThirdParty::entry)
                .toList();
    }

    private static ThirdParty entry(String block) {
        Map<String, String> values = new HashMap<>();
        block.lines().filter(line -> line.startsWith("    ")).forEach(line -> {
            String[] pair = line.strip().split(" +", 2);
            values.put(pair[0], pair[1]);
        });
        return new ThirdParty(
                values.get("artifact"),
                values.get("SPDX"),
                words(values.get("texts")),
                values.getOrDefault("within", ""),
                words(values.getOrDefault("packages", "")));
    }

    private static List<String> words(String value) {
        return Stream.of(value.split(" ")).filter(word -> !word.isEmpty()).toList();
    }

    boolean isWithinAnother() {
        return !within.isEmpty();
    }

    /** Is a class, by its path, under the other name? */
    boolean hasClass(String path) {
        return packages.stream().anyMatch(name -> path.startsWith(name.replace('.', '/') + "/"));
    }

    /** Where an artifact lies in a repository. */
    static String path(String artifact) {
        String[] parts = artifact.split(":");
        return parts[0].replace('.', '/') + "/" + parts[1] + "/" + parts[2] + "/" + parts[1] + "-" + parts[2] + ".jar";
    }
}
