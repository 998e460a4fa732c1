package io.github.mtgjava.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;

/**
 * Where copies of things from the network are kept.
 *
 * @param path empty for nowhere
 */
record CacheDir(Optional<Path> path) {

    private static final String NONE = "none";
    private static final String NAME = "mtg-java";

    /** Reads a directory, or the word {@code none}. */
    static final class Converter implements ITypeConverter<CacheDir> {

        @Override
        public CacheDir convert(String text) {
            if (text.equals(NONE)) {
                return new CacheDir(Optional.empty());
            }
            try {
                return new CacheDir(Optional.of(Path.of(text)));
            } catch (InvalidPathException malformed) {
                throw new IllegalArgumentException("expected none or a directory", malformed);
            }
        }
    }

    /**
     * Where the platform wants it: where systemd says, if it does, else in the cache of the user; nowhere if that is not
     * known.
     *
     * @param system the property {@code os.name}
     * @param home the property {@code user.home}
     */
    static CacheDir platformDefault(Environment environment, String system, String home) {
        // Several are separated by colons.
        Optional<Path> ofUnit = environment.get("CACHE_DIRECTORY").map(value -> Path.of(value.split(":", -1)[0]));
        return new CacheDir(ofUnit.or(() -> ofUser(environment, system.toLowerCase(Locale.ROOT), home)));
    }

    private static Optional<Path> ofUser(Environment environment, String system, String home) {
        Optional<Path> user = home.isBlank() || home.equals("?") ? Optional.empty() : Optional.of(Path.of(home));
        if (system.startsWith("windows")) {
            return environment.get("LOCALAPPDATA").map(local -> Path.of(local, NAME, "cache"));
        }
        if (system.startsWith("mac")) {
            return user.map(path -> path.resolve(Path.of("Library", "Caches", NAME)));
        }
        return environment
                .get("XDG_CACHE_HOME")
                .map(Path::of)
                .filter(Path::isAbsolute)
                .or(() -> user.map(path -> path.resolve(".cache")))
                .map(cache -> cache.resolve(NAME));
    }
}
