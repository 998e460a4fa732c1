package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.IpPrefix;
import io.github.mtgjava.PreferIp;
import io.github.mtgjava.RecordSizing;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Where options of {@code run} get their values from, and how the help shows them. */
class RunOptionsTest {

    @Test
    void leavesWhatIsNotGivenToTheLibrary() {
        for (OptionSpec option : new Cli().parseRun().options()) {
            Object value = option.getValue();
            if (!List.of("--public-ip-url", "--help", "--version", "--verbose", "--debug")
                            .contains(option.longestName())
                    && !option.longestName().startsWith("--stats")) {
                assertThat(value).as(option.longestName()).isNull();
            }
        }
    }

    @Test
    void asksTwoServicesForThePublicAddressByDefault() {
        assertThat(new Cli().parseRun().findOption("--public-ip-url").<List<LookupUrl>>getValue())
                .containsExactly(url("https://ifconfig.co/ip"), url("https://icanhazip.com"));
    }

    @Test
    void takesValuesFromTheEnvironment() {
        CommandSpec run = new Cli()
                .with("MTG_BIND", "127.0.0.1:1")
                .with("MTG_IPV4", "203.0.113.5")
                .with("MTG_IPV6", "[2001:db8::1]:2")
                .with("MTG_SECRET_OVERLAP", "90m")
                .with("MTG_BUFFER_WRITE", "32KB")
                .with("MTG_BUFFER_READ", " 64KB ")
                .with("MTG_ANTIREPLAY_MAXSIZE", "0")
                .with("MTG_CLOAK_PORT", "8443")
                .with("MTG_CLOAK_ADDRESS", "127.0.0.1")
                .with("MTG_TRUSTED_PROXIES", "10.0.0.0/8, 2001:db8::7")
                .with("MTG_PREFER_IP", "only-ipv4")
                .with("MTG_PUBLIC_IP_URL", "none")
                .with("MTG_MAX_CONNECTIONS", "7")
                .with("MTG_MAX_CONNECTIONS_PER_IP", "8")
                .with("MTG_MAX_HANDSHAKES", "9")
                .with("MTG_HANDSHAKE_RATE", "10")
                .with("MTG_BLOCKLIST", "/etc/blocked,https://example.com/list")
                .with("MTG_ALLOWLIST", "allowed")
                .with("MTG_LIST_REFRESH", "6h")
                .with("MTG_TIME_SKEW", "2m")
                .with("MTG_RECORD_SIZING", "Dynamic")
                .with("MTG_WORKERS", "")
                .with("MTG_MULTIPLEX_PERCONNECTION", "100")
                .with("MTG_CACHE_DIR", "none")
                .with("MTG_START_TIMEOUT", "1m")
                .with("MTG_PROXY_SECRET_URL", "http://127.0.0.1:1/a")
                .with("MTG_PROXY_CONFIG_URL", "http://127.0.0.1:1/b")
                .with("MTG_PROXY_CONFIG_V6_URL", "http://127.0.0.1:1/c")
                .parseRun();
        assertThat(value(run, "--bind")).isEqualTo(new InetSocketAddress("127.0.0.1", 1));
        assertThat(value(run, "--public-ipv4")).isEqualTo(new InetSocketAddress("203.0.113.5", 0));
        assertThat(value(run, "--public-ipv6")).isEqualTo(new InetSocketAddress("2001:db8::1", 2));
        assertThat(value(run, "--secret-overlap")).isEqualTo(Duration.ofMinutes(90));
        assertThat(value(run, "--write-buffer")).isEqualTo(32_768L);
        assertThat(value(run, "--read-buffer")).isEqualTo(65_536L);
        assertThat(value(run, "--anti-replay-max-size")).isEqualTo(0L);
        assertThat(value(run, "--cloak-port")).isEqualTo(8443);
        assertThat(value(run, "--cloak-address")).isEqualTo(new InetSocketAddress("127.0.0.1", 0));
        assertThat(value(run, "--trusted-proxies"))
                .isEqualTo(List.of(IpPrefix.parse("10.0.0.0/8"), IpPrefix.parse("2001:db8::7")));
        assertThat(value(run, "--prefer-ip")).isEqualTo(PreferIp.ONLY_IPV4);
        assertThat(value(run, "--public-ip-url")).isEqualTo(List.of(new LookupUrl(Optional.empty())));
        assertThat(value(run, "--max-connections")).isEqualTo(7);
        assertThat(value(run, "--max-connections-per-ip")).isEqualTo(8);
        assertThat(value(run, "--max-handshakes")).isEqualTo(9);
        assertThat(value(run, "--handshake-rate")).isEqualTo(10);
        assertThat(value(run, "--blocklist"))
                .isEqualTo(List.of(
                        new ListLocation(Optional.empty(), Optional.of(Path.of("/etc/blocked"))),
                        new ListLocation(Optional.of(URI.create("https://example.com/list")), Optional.empty())));
        assertThat(value(run, "--allowlist"))
                .isEqualTo(List.of(new ListLocation(Optional.empty(), Optional.of(Path.of("allowed")))));
        assertThat(value(run, "--list-refresh")).isEqualTo(Duration.ofHours(6));
        assertThat(value(run, "--time-skew")).isEqualTo(Duration.ofMinutes(2));
        assertThat(value(run, "--record-sizing")).isEqualTo(RecordSizing.DYNAMIC);
        assertThat(value(run, "--multiplex-per-connection")).isEqualTo(100);
        assertThat(value(run, "--cache-dir")).isEqualTo(new CacheDir(Optional.empty()));
        assertThat(value(run, "--start-timeout")).isEqualTo(Duration.ofMinutes(1));
        assertThat(value(run, "--proxy-secret-url")).isEqualTo(URI.create("http://127.0.0.1:1/a"));
        assertThat(value(run, "--proxy-config-url")).isEqualTo(URI.create("http://127.0.0.1:1/b"));
        assertThat(value(run, "--proxy-config-v6-url")).isEqualTo(URI.create("http://127.0.0.1:1/c"));
        assertThat(value(run, "--workers")).as("empty counts as absent").isNull();
    }

    @Test
    void letsTheCommandLineWin() {
        CommandSpec run = new Cli()
                .with("MTG_WORKERS", "1")
                .with("MTG_DC", "2=127.0.0.1:1,3=127.0.0.1:2")
                .parseRun("--workers=2", "--dc", "4=127.0.0.1:3", "--dc=4=127.0.0.1:4");
        assertThat(value(run, "--workers")).isEqualTo(2);
        assertThat(value(run, "--dc")).isEqualTo(List.of(dc(4, 3), dc(4, 4)));
    }

    @Test
    void splitsTheVariableOfDataCentresAtCommas() {
        CommandSpec run =
                new Cli().with("MTG_DC", "2=127.0.0.1:1,2=127.0.0.1:2").parseRun();
        assertThat(value(run, "--dc")).isEqualTo(List.of(dc(2, 1), dc(2, 2)));
    }

    @ParameterizedTest
    @CsvSource({
        "false, '', ''",
        "true, -d, ''",
        "true, '', true",
        "true, '', 1",
        "false, '', false",
        "true, -d, true",
        "true, -d, false"
    })
    void combinesFlagsWithTheirVariables(boolean expected, String argument, String variable) {
        assertThat(flag("--debug", "MTG_DEBUG", argument, variable)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        ", '', ''",
        "true, --pass-through, ''",
        "false, --no-pass-through, ''",
        "false, '', off",
        "true, '', on",
        "false, --no-pass-through, true",
        "true, --pass-through, false"
    })
    void knowsWhetherPassThroughWasChosen(Boolean expected, String argument, String variable) {
        assertThat(flag("--pass-through", "MTG_PASS_THROUGH", argument, variable))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({", '', ''", "false, --no-keep-replays, ''", "false, '', no", "true, --keep-replays, no"})
    void knowsWhetherHandshakesAreKept(Boolean expected, String argument, String variable) {
        assertThat(flag("--keep-replays", "MTG_KEEP_REPLAYS", argument, variable))
                .isEqualTo(expected);
    }

    @Test
    void documentsEveryVariableInTheHelp() {
        for (OptionSpec option : new Cli().parseRun().options()) {
            EnvironmentDefaults.variable(option)
                    .ifPresent(name -> assertThat(String.join(" ", option.description()))
                            .as(option.longestName())
                            .contains(name));
        }
    }

    @Test
    void groupsTheHelp() {
        String help = new Cli().execute("run", "--help").out();
        assertThat(help)
                .containsSubsequence(
                        "\nEssentials:\n",
                        "--bind",
                        "\nNetwork:\n",
                        "--dc",
                        "\nStatistics:\n",
                        "--stats-bind",
                        "\nDefence:\n",
                        "--cloak-port");
        assertThat(help)
                .contains("Exit codes:", "Examples:", "[MTG_SECRET]", "<adtag>", "[MTG_ADTAG]", "Promoted channel:");
        assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(new Cli().execute("help", "run").out()).isEqualTo(help);
    }

    private static Boolean flag(String option, String name, String argument, String variable) {
        Cli cli = new Cli().with(name, variable);
        CommandSpec run = argument.isEmpty() ? cli.parseRun() : cli.parseRun(argument);
        return run.findOption(option).getValue();
    }

    private static Object value(CommandSpec run, String option) {
        return run.findOption(option).getValue();
    }

    private static DcAddress dc(int dc, int port) {
        return new DcAddress(dc, List.of(new InetSocketAddress("127.0.0.1", port)));
    }

    private static LookupUrl url(String text) {
        return new LookupUrl(Optional.of(URI.create(text)));
    }
}
