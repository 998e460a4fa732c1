package io.github.mtgjava;

import static io.github.mtgjava.Ranges.inRange;
import static io.github.mtgjava.WebUrls.checked;

import io.github.mtgjava.internal.access.ListKeeper;
import io.github.mtgjava.internal.access.ListSettings;
import io.github.mtgjava.spi.ClientFilter;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Block and allow lists of addresses, from files and web sites, kept fresh: files are read again within seconds when they
 * change, web sites are asked every hour. Lists have an address, a prefix or a range in each line, as those of FireHOL do. A list
 * that cannot be read any more, or has nothing on it, stays as it was.
 *
 * <pre>{@code
 * try (AccessLists lists = AccessLists.builder().block(Path.of("blocked.netset")).open();
 *         MtProxy proxy = MtProxy.builder().secret(secret).clientFilter(lists).build()) {
 *     …
 * }
 * }</pre>
 *
 * <p>A block list goes before an allow list. Private, loopback and link-local addresses on block lists are ignored, with a
 * warning: many lists name them, and would lock out whoever is in the same network. Several proxies may share one of these.
 * Thread-safe; answers at once and without locks.
 */
public final class AccessLists implements ClientFilter, AutoCloseable {

    private static final Duration DEFAULT_REFRESH_INTERVAL = Duration.ofHours(1);
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
    private static final Duration LONGEST_INTERVAL = Duration.ofDays(7);

    private final ListKeeper keeper;

    private AccessLists(ListKeeper keeper) {
        this.keeper = keeper;
    }

    /** A builder without lists: everybody may try then. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public boolean allows(InetAddress client) {
        return keeper.allows(client);
    }

    /**
     * Reads every file and asks every web site, now, on this thread: takes half a minute at the most. Lists that cannot be had
     * stay as they were. Does nothing when closed.
     *
     * @return whether all of them could be had
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public boolean reload() throws InterruptedException {
        return keeper.reload();
    }

    /** Looks after the lists no more: they stay as they are. More than once does nothing. */
    @Override
    public void close() {
        keeper.close();
    }

    /** Collects where lists are. Not thread-safe. */
    public static final class Builder {

        private final List<Path> blockFiles = new ArrayList<>();
        private final List<URI> blockUrls = new ArrayList<>();
        private final List<Path> allowFiles = new ArrayList<>();
        private final List<URI> allowUrls = new ArrayList<>();
        private Optional<Path> cacheDirectory = Optional.empty();
        private Duration refreshInterval = DEFAULT_REFRESH_INTERVAL;

        private Builder() {}

        /** Adds a file with addresses to keep out. */
        public Builder block(Path file) {
            blockFiles.add(Objects.requireNonNull(file, "block"));
            return this;
        }

        /** Adds an http or https URL of a list of addresses to keep out. */
        public Builder block(URI url) {
            blockUrls.add(checked("block", url));
            return this;
        }

        /** Adds a file with addresses to let in; nobody who is on no such list may try then. */
        public Builder allow(Path file) {
            allowFiles.add(Objects.requireNonNull(file, "allow"));
            return this;
        }

        /** Adds an http or https URL of a list of addresses to let in. */
        public Builder allow(URI url) {
            allowUrls.add(checked("allow", url));
            return this;
        }

        /** Where to keep copies of what comes from web sites, for when these are away. Default: nowhere. */
        public Builder cacheDirectory(Path directory) {
            cacheDirectory = Optional.of(Objects.requireNonNull(directory, "cacheDirectory"));
            return this;
        }

        /** How often web sites are asked, a second to a week; a tenth of it is random. Default one hour. */
        public Builder refreshInterval(Duration interval) {
            refreshInterval = inRange("refreshInterval", interval, SHORTEST_INTERVAL, LONGEST_INTERVAL);
            return this;
        }

        /**
         * The lists, loaded, which takes a few seconds at the most: of a web site that has not answered by then, the copy in the
         * cache directory is used, or nothing until it answers. So a list of addresses to keep out that cannot be had keeps
         * nobody out until it can, also one in a file; the log says so, and {@link AccessLists#reload} tells.
         *
         * @throws MtProxyException if nothing can be had of a list of addresses to let in, or the thread is interrupted
         */
        public AccessLists open() {
            ListKeeper keeper = new ListKeeper(new ListSettings(
                    new ListSettings.Sources(blockFiles, blockUrls),
                    new ListSettings.Sources(allowFiles, allowUrls),
                    cacheDirectory,
                    refreshInterval));
            try {
                keeper.open();
                return new AccessLists(keeper);
            } catch (InterruptedException interrupted) {
                keeper.close();
                Thread.currentThread().interrupt();
                throw new MtProxyException(
                        MtProxyException.Reason.STOPPED, "interrupted while loading access lists", interrupted);
            }
        }
    }
}
