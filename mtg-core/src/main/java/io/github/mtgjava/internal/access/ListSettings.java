package io.github.mtgjava.internal.access;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which lists there are.
 *
 * @param cacheDirectory for copies of what comes from web sites; none are kept if it is empty
 * @param refreshInterval from one fetch of those to the next
 */
public record ListSettings(Sources block, Sources allow, Optional<Path> cacheDirectory, Duration refreshInterval) {

    /** Where lists of one kind are. */
    public record Sources(List<Path> files, List<URI> urls) {

        /** With unmodifiable copies. */
        public Sources {
            files = List.copyOf(files);
            urls = List.copyOf(urls);
        }
    }
}
