package io.github.mtgjava.internal.access;

import io.github.mtgjava.internal.LogRecorder;
import io.github.mtgjava.internal.access.ListSettings.Sources;
import io.github.mtgjava.internal.fetch.CacheDirectory;
import io.github.mtgjava.internal.fetch.Refresher;
import io.github.mtgjava.internal.fetch.ScriptedWaiting;
import io.github.mtgjava.testkit.FakeBootstrap;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A directory for files, a web site, and keepers whose waits end at once. */
@Timeout(60)
abstract class ListKeeperCase {

    static final String PATH = "/list.netset";
    static final Sources NONE = new Sources(List.of(), List.of());

    @TempDir
    Path directory;

    final ScriptedWaiting forFiles = new ScriptedWaiting();
    final ScriptedWaiting forSites = new ScriptedWaiting();
    final LogRecorder log = LogRecorder.of(AccessList.class, ListSites.class, CacheDirectory.class, Refresher.class);
    FakeBootstrap site;
    private final List<ListKeeper> keepers = new ArrayList<>();

    @BeforeEach
    void startSite() throws IOException {
        site = FakeBootstrap.start();
    }

    @AfterEach
    void stop() {
        keepers.forEach(ListKeeper::close);
        site.close();
        log.close();
    }

    ListKeeper open(Sources block, Sources allow) throws InterruptedException {
        return open(new ListSettings(block, allow, Optional.empty(), Duration.ofHours(1)), Duration.ofSeconds(20));
    }

    ListKeeper openWithCache(Sources block, Sources allow) throws InterruptedException {
        Optional<Path> cache = Optional.of(directory.resolve("cache"));
        return open(new ListSettings(block, allow, cache, Duration.ofHours(1)), Duration.ofSeconds(20));
    }

    ListKeeper open(ListSettings settings, Duration startLimit) throws InterruptedException {
        ListKeeper keeper = new ListKeeper(settings, startLimit, forFiles, forSites);
        keepers.add(keeper);
        keeper.open();
        return keeper;
    }

    /** The same settings as {@link #openWithCache}, in a later life. */
    ListKeeper openAgain(Sources block, ScriptedWaiting waiting) throws InterruptedException {
        Optional<Path> cache = Optional.of(directory.resolve("cache"));
        ListKeeper keeper = new ListKeeper(
                new ListSettings(block, NONE, cache, Duration.ofHours(1)),
                Duration.ofSeconds(20),
                new ScriptedWaiting(),
                waiting);
        keepers.add(keeper);
        keeper.open();
        return keeper;
    }

    Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("list.netset"), content);
    }

    static Sources of(Path... files) {
        return new Sources(List.of(files), List.of());
    }

    Sources ofSite() {
        return new Sources(List.of(), List.of(site.url(PATH)));
    }

    static boolean allows(ListKeeper keeper, String address) {
        try {
            return keeper.allows(InetAddress.getByName(address));
        } catch (UnknownHostException literal) {
            throw new AssertionError(literal);
        }
    }
}
