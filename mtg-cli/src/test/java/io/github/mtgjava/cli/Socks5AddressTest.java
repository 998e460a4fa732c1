package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.mtgjava.Socks5Server;
import io.github.mtgjava.cli.Cli.Result;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;

@Timeout(60)
class Socks5AddressTest {

    private static final String SECRET = "dd000102030405060708090a0b0c0d0e0f";

    private static Socks5Server read(String text) {
        return new Socks5Address().convert(text);
    }

    @Test
    void readsAddressesWithoutLookingNamesUp() {
        assertThat(read("127.0.0.1:1080")).isEqualTo(Socks5Server.at(new InetSocketAddress("127.0.0.1", 1080)));
        assertThat(read("[::1]:1080")).isEqualTo(Socks5Server.at(new InetSocketAddress("::1", 1080)));
        assertThat(read("socks.test:9050"))
                .isEqualTo(Socks5Server.at(InetSocketAddress.createUnresolved("socks.test", 9050)));
    }

    @ParameterizedTest
    @CsvSource({
        "alice:sesame, alice, sesame",
        "alice:se:sa:me, alice, se:sa:me",
        "alice:s@same, alice, s@same",
        "a%3Aice:se%2Csame%40%25, a:ice, 'se,same@%'",
        "a+b:c+d, a+b, c+d",
        "%C3%A4:%c3%b6, ä, ö",
        "ä:ö, ä, ö"
    })
    void readsLogins(String login, String user, String password) {
        Socks5Server server = read(login + "@socks.test:1080");
        assertThat(server.user()).contains(user);
        assertThat(server.password()).contains(password);
        assertThat(server.address()).isEqualTo(InetSocketAddress.createUnresolved("socks.test", 1080));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2",
                ":1080",
                "127.0.0.1",
                "127.0.0.1:0",
                "127.0.0.1:65536",
                "alice:hunter2:127.0.0.1:1080",
                "alice:hunter2@",
                "alice:hunter2@:1080",
                "alice:hunter2@127.0.0.1",
                "alice:hunter2@[socks.test]:1080",
                "hunter2@127.0.0.1:1080",
                ":hunter2@127.0.0.1:1080",
                "hunter2:@127.0.0.1:1080",
                "alice:hunter2%@127.0.0.1:1080",
                "alice:hunter2%zz@127.0.0.1:1080",
                "127.0.0.1:1080@alice:hunter2",
                "socks5://alice:hunter2@"
            })
    void refusesOthersAndShowsNothingOfThem(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(text))
                .withMessageNotContaining("hunter2")
                .withMessageNotContaining("alice")
                .withNoCause();
        Result typed = new Cli().execute("run", "--socks5=" + text, SECRET);
        Result set = new Cli().with("MTG_SOCKS5", text).execute("run", SECRET);
        for (Result result : List.of(typed, set)) {
            assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
            assertThat(result.err())
                    .startsWith("mtg-cli: --socks5")
                    .doesNotContain("hunter2", "alice")
                    .hasLineCount(2);
            assertThat(result.out()).isEmpty();
        }
    }

    @Test
    void takesSeveralFromTheCommandLineOrTheVariable() {
        CommandSpec typed = new Cli().parseRun("--socks5", "127.0.0.1:1,a:b%2Cc@127.0.0.1:2", "--socks5=127.0.0.1:3");
        assertThat(typed.findOption("--socks5").<List<Socks5Server>>getValue())
                .containsExactly(read("127.0.0.1:1"), read("127.0.0.1:2").withLogin("a", "b,c"), read("127.0.0.1:3"));
        CommandSpec set =
                new Cli().with("MTG_SOCKS5", "a:b@127.0.0.1:1,127.0.0.1:2").parseRun();
        assertThat(set.findOption("--socks5").<List<Socks5Server>>getValue())
                .containsExactly(read("127.0.0.1:1").withLogin("a", "b"), read("127.0.0.1:2"));
    }

    @Test
    void anEmptyValueIsNoWayAroundTheServers() {
        for (String empty : List.of("--socks5=", "--socks5=,")) {
            Result result = new Cli().execute("run", empty, SECRET);
            assertThat(result.err()).as(empty).contains("--socks5: expected");
            assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
        }
    }

    @Test
    void refusesTooMany() {
        String many = "127.0.0.1:1080,".repeat(17).replaceFirst(",$", "");
        assertThat(new Cli().execute("run", "--socks5", many, SECRET).err())
                .contains("--socks5: 17 is not between 0 and 16");
    }
}
