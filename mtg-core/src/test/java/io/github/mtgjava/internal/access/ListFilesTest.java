package io.github.mtgjava.internal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import io.github.mtgjava.MtProxyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists in files, and what lists mean. */
class ListFilesTest extends ListKeeperCase {

    @Test
    void withoutListsEverybodyMayCome() throws Exception {
        ListKeeper keeper = open(NONE, NONE);
        assertThat(allows(keeper, "203.0.113.7")).isTrue();
        assertThat(keeper.reload()).isTrue();
    }

    @Test
    void blocksWhoIsOnABlockList() throws Exception {
        ListKeeper keeper = open(of(file("203.0.113.0/24\n2001:db8::/32\n")), NONE);
        assertThat(allows(keeper, "203.0.113.7")).isFalse();
        assertThat(allows(keeper, "2001:db8::7")).isFalse();
        assertThat(allows(keeper, "198.51.100.7")).isTrue();
        assertThat(log.messages(Level.WARN)).isEmpty();
    }

    @Test
    void allowsOnlyWhoIsOnAnAllowList() throws Exception {
        Path other = Files.writeString(directory.resolve("other"), "198.51.100.0/24");
        ListKeeper keeper = open(NONE, of(file("203.0.113.0/24"), other));
        assertThat(allows(keeper, "203.0.113.7")).isTrue();
        assertThat(allows(keeper, "198.51.100.7")).isTrue();
        assertThat(allows(keeper, "192.0.2.7")).isFalse();
        assertThat(allows(keeper, "2001:db8::7")).isFalse();
    }

    @Test
    void aBlockListGoesBeforeAnAllowList() throws Exception {
        Path block = Files.writeString(directory.resolve("block"), "203.0.113.7");
        ListKeeper keeper = open(of(block), of(file("203.0.113.0/24")));
        assertThat(allows(keeper, "203.0.113.7")).isFalse();
        assertThat(allows(keeper, "203.0.113.8")).isTrue();
    }

    @Test
    void leavesLocalAddressesOnABlockListOutAndSaysSoOnce() throws Exception {
        Path list = file("0.0.0.0/0\n::/0\n");
        forFiles.during(() -> Files.writeString(list, "0.0.0.0/0\n::/0\n10.0.0.0/8\n"));
        ListKeeper keeper = open(of(list), NONE);
        forFiles.awaitWaits(2);
        for (String local : new String[] {"127.0.0.1", "192.168.1.7", "10.1.1.1", "169.254.0.1", "::1", "fe80::1"}) {
            assertThat(allows(keeper, local)).as(local).isTrue();
        }
        assertThat(allows(keeper, "203.0.113.7")).isFalse();
        assertThat(allows(keeper, "2001:db8::7")).isFalse();
        assertThat(log.messages(Level.WARN)).singleElement().asString().contains("private", "left out");
    }

    @Test
    void takesAnAllowListAtItsWord() throws Exception {
        ListKeeper keeper = open(NONE, of(file("127.0.0.0/8")));
        assertThat(allows(keeper, "127.0.0.1")).isTrue();
        assertThat(allows(keeper, "192.168.1.7")).isFalse();
        assertThat(log.messages(Level.WARN)).isEmpty();
    }

    @Test
    void readsAFileAgainWhenItHasChanged() throws Exception {
        Path list = file("203.0.113.7");
        forFiles.during(() -> Files.writeString(list, "203.0.113.7\n198.51.100.7\n"));
        ListKeeper keeper = open(of(list), NONE);
        forFiles.awaitWaits(2);
        assertThat(allows(keeper, "198.51.100.7")).isFalse();
    }

    @Test
    void readsAFileAgainWhenAnotherHasTakenItsPlace() throws Exception {
        Path list = file("203.0.113.7");
        Path next = Files.writeString(directory.resolve("next"), "203.0.113.8");
        Files.setLastModifiedTime(next, Files.getLastModifiedTime(list));
        forFiles.during(() -> Files.move(next, list, StandardCopyOption.REPLACE_EXISTING));
        ListKeeper keeper = open(of(list), NONE);
        forFiles.awaitWaits(2);
        assertThat(allows(keeper, "203.0.113.7")).isTrue();
        assertThat(allows(keeper, "203.0.113.8")).isFalse();
    }

    @Test
    void aFileThatIsGoneStaysInForceUntilItIsBack() throws Exception {
        Path list = file("203.0.113.7");
        forFiles.during(() -> Files.delete(list), () -> {});
        ListKeeper keeper = open(of(list), NONE);
        forFiles.awaitWaits(3);
        assertThat(allows(keeper, "203.0.113.7")).isFalse();
        assertThat(log.messages(Level.WARN)).singleElement().asString().contains("stays as it is");
        assertThat(log.keyValues().toString()).contains("there is no such file");
        file("198.51.100.7");
        assertThat(keeper.reload()).isTrue();
        assertThat(allows(keeper, "203.0.113.7")).isTrue();
        assertThat(allows(keeper, "198.51.100.7")).isFalse();
        assertThat(log.messages(Level.WARN)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# under construction\n", "<html>no</html>\n"})
    void aFileWithNothingOnItLeavesTheListAsItWas(String nothing) throws Exception {
        Path list = file("203.0.113.7");
        forFiles.during(() -> Files.writeString(list, nothing), () -> {}, () -> {});
        ListKeeper keeper = open(of(list), NONE);
        forFiles.awaitWaits(4);
        assertThat(allows(keeper, "203.0.113.7")).isFalse();
        assertThat(log.messages(Level.WARN)).hasSize(1);
        assertThat(log.keyValues().toString()).contains("no line with an address");
        assertThat(keeper.reload()).isFalse();
    }

    @Test
    void linesThatNobodyUnderstandsAreLeftOutAndCounted() throws Exception {
        ListKeeper keeper = open(of(file("203.0.113.7\nexample.com\nnonsense\n")), NONE);
        assertThat(allows(keeper, "203.0.113.7")).isFalse();
        assertThat(log.keyValues().toString()).contains("lines=\"2\"");
    }

    @Test
    void aBlockListThatCannotBeReadIsAWarning() throws Exception {
        Path list = directory.resolve("later");
        forFiles.during(() -> Files.writeString(list, "203.0.113.7"));
        ListKeeper keeper = open(of(list), NONE);
        assertThat(log.messages(Level.WARN)).singleElement().asString().contains("nobody is on it");
        forFiles.awaitWaits(2);
        assertThat(allows(keeper, "203.0.113.7")).isFalse();
    }

    @Test
    void withoutItsAllowListNothingStarts() {
        Path list = directory.resolve("later");
        assertThatExceptionOfType(MtProxyException.class)
                .isThrownBy(() -> open(NONE, of(list)))
                .withMessageContaining("the allow list " + list)
                .withMessageContaining("there is no such file");
        assertThatExceptionOfType(MtProxyException.class)
                .isThrownBy(() -> open(NONE, of(file("nonsense"))))
                .withMessageContaining("no line with an address");
    }

    @Test
    void opensNothingButRegularFiles() throws Exception {
        open(of(directory), NONE);
        assertThat(log.keyValues().toString()).contains("it is no regular file");
    }

    @Test
    void refusesAFileThatIsTooLong() throws Exception {
        ListKeeper keeper = open(of(file("203.0.113.7\n" + "#".repeat(PrefixList.MAX_BYTES))), NONE);
        assertThat(allows(keeper, "203.0.113.7")).isTrue();
        assertThat(log.keyValues().toString()).contains("it has more than " + PrefixList.MAX_BYTES + " bytes");
    }

    @Test
    void reloadsAtOnceWhenToldTo() throws Exception {
        Path list = file("203.0.113.7");
        ListKeeper keeper = open(of(list), NONE);
        Files.writeString(list, "198.51.100.7");
        assertThat(keeper.reload()).isTrue();
        assertThat(allows(keeper, "203.0.113.7")).isTrue();
        assertThat(allows(keeper, "198.51.100.7")).isFalse();
        Files.delete(list);
        assertThat(keeper.reload()).isFalse();
        assertThat(allows(keeper, "198.51.100.7")).isFalse();
    }
}
