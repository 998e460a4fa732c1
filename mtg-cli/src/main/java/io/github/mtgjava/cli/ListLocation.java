package io.github.mtgjava.cli;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;

/**
 * Where a list is.
 *
 * @param url http or https, with a host; empty for a file
 * @param file empty for a URL
 */
record ListLocation(Optional<URI> url, Optional<Path> file) {

    static final String EXPECTED = "expected a file or a URL";

    /** Reads it: what looks like a URL is one. */
    static final class Converter implements ITypeConverter<ListLocation> {

        @Override
        public ListLocation convert(String text) {
            if (text.contains("://")) {
                return new ListLocation(Optional.of(new WebUrl().convert(text)), Optional.empty());
            }
            if (text.isBlank()) {
                throw new IllegalArgumentException(EXPECTED);
            }
            try {
                return new ListLocation(Optional.empty(), Optional.of(Path.of(text)));
            } catch (InvalidPathException malformed) {
                throw new IllegalArgumentException(EXPECTED, malformed);
            }
        }
    }
}
