package io.github.mtgjava.cli;

import io.github.mtgjava.Secret;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes secrets out of error messages. A message may quote what was typed, and a secret may have been typed where
 * something else was expected.
 */
public final class Redaction {

    /** Long enough for the shortest secret: 16 bytes in base64. */
    private static final Pattern WORD = Pattern.compile("(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_=-]{20,}");

    /** A secret with a digit missing or a character too much is still one. */
    private static final Pattern MOSTLY_HEX = Pattern.compile(".*[0-9a-fA-F]{20,}.*");

    private Redaction() {}

    /** The message with {@code (not shown)} in place of everything that may be a secret. */
    public static String of(String message) {
        return WORD.matcher(message).replaceAll(found -> looksSecret(found.group()) ? "(not shown)" : "$0");
    }

    /** A word may be an option's name, a part of one (--option=secret), or a path with a secret in it. */
    private static boolean looksSecret(String word) {
        return isSecret(word.replaceFirst("^-+", ""))
                || Stream.of(word.split("[/=]")).anyMatch(Redaction::isSecret);
    }

    private static boolean isSecret(String word) {
        if (MOSTLY_HEX.matcher(word).matches()) {
            return true;
        }
        try {
            Secret.parse(word);
            return true;
        } catch (IllegalArgumentException notASecret) {
            return false;
        }
    }
}
