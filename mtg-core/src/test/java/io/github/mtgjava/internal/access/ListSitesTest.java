package io.github.mtgjava.internal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import io.github.mtgjava.MtProxyException;
import io.github.mtgjava.internal.access.ListSettings.Sources;
import io.github.mtgjava.internal.fetch.ScriptedWaiting;
import io.github.mtgjava.testkit.FakeBootstrap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Lists from web sites, and their copies. */
class ListSitesTest extends ListKeeperCase {

    @Test
    void fetchesAListAtTheStartAndAboutEveryHour() throws Exception {
        site.with(PATH, "203.0.113.7\n");
        forSites.during(() -> site.with(PATH, "198.51.100.7\n"));
        ListKeeper keeper = open(ofSite(), NONE);
        forSites.awaitWaits(2);
        assertThat(allows(keeper, "203.0.113.7")).isTrue();
        assertThat(allows(keeper, "198.51.100.7")).isFalse();
        assertThat(forSites.waits())
                .allSatisfy(wait -> assertThat(wait).isBetween(Duration.ofMinutes(54), Duration.ofMinutes(66)));
    }

    @Test
    void followsWhereAListHasMoved() throws Exception {
        site.with(PATH, "203.0.113.7\n");
        ListKeeper keeper = open(new Sources(List.of(), List.of(site.url(FakeBootstrap.MOVED + PATH))), NONE);
        assertThat(allows(keeper, "203.0.113.7")).isFalse();
    }

    @Test
    void aSiteThatGoesAwayChangesNothingAndIsAskedAgainSoon() throws Exception {
        site.with(PATH, "203.0.113.7\n");
        forSites.during(site::suspend, () -> {});
        ListKeeper keeper = open(ofSite(), NONE);
        forSites.awaitWaits(3);
        assertThat(allows(keeper, "203.0.113.7")).isFalse();
        assertThat(log.messages(Level.WARN)).singleElement().asString().contains("stays as it is");
        assertThat(forSites.waits().get(1)).isLessThan(Duration.ofSeconds(2));
        assertThat(forSites.waits().get(2)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void aSiteThatIsBackIsBelievedAgain() throws Exception {
        site.with(PATH, "203.0.113.7\n");
        forSites.during(site::suspend, () -> site.with(PATH, "198.51.100.7\n").resume());
        ListKeeper keeper = open(ofSite(), NONE);
        forSites.awaitWaits(3);
        assertThat(allows(keeper, "203.0.113.7")).isTrue();
        assertThat(allows(keeper, "198.51.100.7")).isFalse();
        assertThat(log.messages(Level.WARN)).hasSize(1);
        assertThat(forSites.waits().get(2)).isGreaterThan(Duration.ofMinutes(50));
    }

    @Test
    void garbageChangesNothing() throws Exception {
        site.with(PATH, "203.0.113.7\n");
        forSites.during(
                () -> site.with(PATH, "<html>Bad gateway</html>"),
                () -> site.with(PATH, ""),
                () -> site.withStatus(PATH, 500));
        ListKeeper keeper = openWithCache(ofSite(), NONE);
        forSites.awaitWaits(4);
        assertThat(allows(keeper, "203.0.113.7")).isFalse();
        assertThat(log.keyValues().toString()).contains("no line with an address", "status 500");
        assertThat(cached()).isEqualTo("203.0.113.7\n");
    }

    private String cached() throws Exception {
        try (var files = Files.list(directory.resolve("cache"))) {
            return Files.readString(files.findFirst().orElseThrow());
        }
    }

    @Test
    void endlessOnesAreCutOff() throws Exception {
        byte[] endless = new byte[PrefixList.MAX_BYTES + 1];
        site.with(PATH, endless);
        ListKeeper keeper = open(ofSite(), NONE);
        assertThat(allows(keeper, "203.0.113.7")).isTrue();
        assertThat(log.keyValues().toString()).contains("it has more than");
    }

    @Test
    void aBlockListThatCannotBeFetchedIsFetchedLater() throws Exception {
        site.withStatus(PATH, 404);
        forSites.during(() -> site.with(PATH, "203.0.113.7\n").withStatus(PATH, 200));
        ListKeeper keeper = open(ofSite(), NONE);
        assertThat(log.messages(Level.WARN)).singleElement().asString().contains("nobody is on it");
        forSites.awaitWaits(2);
        assertThat(forSites.waits().get(0)).isLessThan(Duration.ofSeconds(2));
        assertThat(allows(keeper, "203.0.113.7")).isFalse();
    }

    @Test
    void withoutItsAllowListNothingStarts() {
        site.withStatus(PATH, 404);
        assertThatExceptionOfType(MtProxyException.class)
                .isThrownBy(() -> open(NONE, ofSite()))
                .withMessageContaining("allow list http://127.0.0.1")
                .withMessageContaining("status 404");
    }

    @Test
    void aSilentSiteDoesNotHoldUpTheStart() throws Exception {
        site.with("/other", "198.51.100.7\n").silentAt(PATH);
        Sources both = new Sources(List.of(), List.of(site.url(PATH), site.url("/other")));
        ListSettings settings = new ListSettings(both, NONE, Optional.empty(), Duration.ofHours(1));
        ListKeeper keeper = open(settings, Duration.ofSeconds(1));
        assertThat(allows(keeper, "198.51.100.7")).isFalse();
        assertThat(log.keyValues().toString()).contains(PATH).doesNotContain("/other\", cause");
        site.silentAt("");
    }

    @Test
    void aCopyServesWhenTheSiteIsAwayAtTheStart() throws Exception {
        site.with(PATH, "203.0.113.7\n");
        openWithCache(ofSite(), NONE);
        site.suspend();
        ScriptedWaiting again = new ScriptedWaiting().during(() -> {
            site.with(PATH, "198.51.100.7\n");
            site.resume();
        });
        ListKeeper keeper = openAgain(ofSite(), again);
        again.awaitWaits(2);
        assertThat(log.messages(Level.WARN)).anyMatch(line -> line.contains("using the cached copy of the block list"));
        assertThat(allows(keeper, "198.51.100.7")).isFalse();
        assertThat(cached()).isEqualTo("198.51.100.7\n");
    }

    @Test
    void aCopyIsEnoughForAnAllowList() throws Exception {
        site.with(PATH, "203.0.113.7\n");
        openWithCache(NONE, ofSite());
        site.suspend();
        ListKeeper keeper = openWithCache(NONE, ofSite());
        assertThat(allows(keeper, "203.0.113.7")).isTrue();
        assertThat(allows(keeper, "198.51.100.7")).isFalse();
    }

    @Test
    void aCopyThatSomebodySpoiltIsNoCopy() throws Exception {
        site.with(PATH, "203.0.113.7\n");
        openWithCache(ofSite(), NONE);
        try (var files = Files.list(directory.resolve("cache"))) {
            for (Path file : files.toList()) {
                Files.writeString(file, "nonsense");
            }
        }
        site.suspend();
        ListKeeper keeper = openAgain(ofSite(), new ScriptedWaiting());
        assertThat(allows(keeper, "203.0.113.7")).isTrue();
        assertThat(log.messages(Level.WARN)).anyMatch(line -> line.contains("is of no use"));
    }

    @Test
    void listsOfOneProxyHaveACopyEach() throws Exception {
        site.with(PATH, "203.0.113.7\n").with("/other", "198.51.100.7\n");
        openWithCache(new Sources(List.of(), List.of(site.url(PATH), site.url("/other"))), NONE);
        try (var files = Files.list(directory.resolve("cache"))) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void noLogShowsWhatMayBeSecretInAUrl() throws Exception {
        String secret = PATH + "?token=hunter2";
        site.with(secret, "203.0.113.7\nnonsense\n10.0.0.0/8\n");
        forSites.during(() -> site.withStatus(secret, 403));
        Sources sources = new Sources(List.of(), List.of(site.url(secret)));
        openWithCache(sources, NONE);
        forSites.awaitWaits(2);
        assertThat(log.keyValues()).hasSizeGreaterThan(3);
        assertThat(log.keyValues().toString()).contains(PATH).doesNotContain("hunter2");
        assertThat(log.messages(Level.WARN).toString()).doesNotContain("hunter2");
    }

    @Test
    void reloadsAtOnceWhenToldTo() throws Exception {
        site.with(PATH, "203.0.113.7\n");
        ListKeeper keeper = open(ofSite(), NONE);
        site.with(PATH, "198.51.100.7\n");
        assertThat(keeper.reload()).isTrue();
        assertThat(allows(keeper, "198.51.100.7")).isFalse();
        site.suspend();
        assertThat(keeper.reload()).isFalse();
        assertThat(allows(keeper, "198.51.100.7")).isFalse();
    }
}
