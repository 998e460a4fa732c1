package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code run} refuses, and how. No proxy is started here. */
class RunUsageTest {

    private static final String SECRET = "dd000102030405060708090a0b0c0d0e0f";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --bind=nonsense                | --bind: the port is missing
                    -b 127.0.0.1:99999             | --bind: the port
                    -4 ::1                         | --public-ipv4: '::1' is no IPv4 address
                    -6 127.0.0.1                   | --public-ipv6: '127.0.0.1' is no IPv6 address
                    --secret-overlap=soon          | --secret-overlap: expected a duration
                    --secret-overlap=-1s           | --secret-overlap: expected a duration
                    --secret-overlap=721h          | --secret-overlap: PT721H is not between 0s and 720h
                    -w 12x                         | --write-buffer: expected a size
                    -w 100                         | --write-buffer: 100 is not between
                    -r 8GB                         | --read-buffer: 2147483647 is not between
                    --buffer-memory=1000           | --buffer-memory: 1000 is less than 1048576
                    --anti-replay-max-size=1       | --anti-replay-max-size: 1 bytes are too few: at least 1MB
                    --anti-replay-max-size=1048575 | --anti-replay-max-size: 1048575 bytes are too few
                    --cloak-port=0                 | --cloak-port: 0 is not between 1 and 65535
                    --cloak-address=:443           | --cloak-address: expected host
                    --dc=2                         | --dc: expected N=HOST:PORT
                    --prefer-ip=ipv5               | --prefer-ip: expected prefer-ipv4
                    --record-sizing=small          | --record-sizing: expected full or dynamic
                    --public-ip-url=nonsense       | --public-ip-url: expected none or a URL
                    --max-connections=0            | --max-connections: 0 is not between
                    --max-connections=many         | --max-connections: 'many' is not an int
                    --max-connections-per-ip=0     | --max-connections-per-ip: 0 is not between
                    --max-handshakes=0             | --max-handshakes: 0 is not between
                    --handshake-rate=1000001       | --handshake-rate: 1000001 is not between 1 and 1000000
                    --blocklist=ftp://a/b          | --blocklist: expected a URL
                    --blocklist=,                  | --blocklist: expected a file or a URL
                    --blocklist=a,,b               | --blocklist: expected a file or a URL
                    --allowlist=https:///          | --allowlist: expected a URL
                    --allowlist=                   | --allowlist: expected a file or a URL
                    --allowlist=,                  | --allowlist: expected a file or a URL
                    --list-refresh=0s              | --list-refresh: PT0S is not between
                    --time-skew=-1s                | --time-skew: expected a duration
                    --time-skew=999999h            | --time-skew: PT999999H is not between
                    --proxy-protocol               | --proxy-protocol: say who may tell
                    --trusted-proxies=10.0.0.0/8   | --trusted-proxies: nobody is believed without --proxy-protocol: add that
                    --trusted-proxies=10.0.0.0/33  | --trusted-proxies: expected an address or a prefix such as 10.0.0.0/8
                    --trusted-proxies=::1,balancer | --trusted-proxies: expected an address or a prefix
                    --cloak-proxy-protocol         | --cloak-proxy-protocol: there is no site to tell anything
                    --workers=0                    | --workers: 0 is not between
                    --multiplex-per-connection=0   | --multiplex-per-connection: 0 is not between 1 and
                    --proxy-secret-url=ftp://a/b   | --proxy-secret-url: expected a URL
                    --proxy-config-url=nonsense    | --proxy-config-url: expected a URL
                    --proxy-config-v6-url=http:/// | --proxy-config-v6-url: expected a URL
                    --start-timeout=soon           | --start-timeout: expected a duration
                    --start-timeout=25h            | --start-timeout: PT25H is not between
                    --stats-bind=localhost         | --stats-bind: the port is missing
                    --stats-namespace=a.b          | --stats-namespace: expected letters, digits and underscores
                    --statsd-addr=:1               | --statsd-addr: expected host or host:port
                    --statsd-port=0                | --statsd-port: expected a port between 1 and 65535
                    --statsd-prefix=a..b           | --statsd-prefix: expected a name such as mtg
                    --statsd-tags-format=graphite  | --statsd-tags-format: expected influxdb, datadog or vanilla
                    --statsd-tags=a                | --statsd-tags: expected key=value
                    --bind                         | Missing required parameter for option '--bind'
                    --unknown=x                    | unknown option --unknown
                    -x                             | unknown option -x
                    -b :1 -b :2                    | option '--bind' (HOST:PORT) should be specified only once
                    """)
    void namesTheOptionThatIsWrong(String options, String expected) {
        // The secret first, so that an option without its value does not swallow it.
        assertRefused(new Cli().execute(("run " + SECRET + " " + options).split(" ")), expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0123456789abcdef0123456789abcde",
                "0123456789abcdef0123456789abcdef0",
                "0123456789abcdef0123456789abcdeg",
                "dd0123456789abcdef0123456789abcdef"
            })
    void refusesWhatIsNoAdTagWithoutShowingIt(String adTag) {
        Result typed = new Cli().execute("run", SECRET, adTag);
        assertRefused(typed, "<adtag>: an ad tag is 32 hex digits");
        assertThat(typed.err()).doesNotContain(adTag, "0123456789");
        Result set = new Cli().with("MTG_ADTAG", adTag).execute("run", SECRET);
        assertRefused(set, "MTG_ADTAG: an ad tag is 32 hex digits");
        assertThat(set.err()).doesNotContain(adTag, "0123456789");
    }

    /** There may be a password in it, or a key. */
    @ParameterizedTest
    @ValueSource(strings = {"--blocklist", "--allowlist"})
    void refusesAUrlThatIsNoneWithoutShowingIt(String option) {
        for (String url :
                List.of("https://me:sesame@host name/list", "https://?key=sesame", "ssh://me:sesame@host/list")) {
            Result result = new Cli().execute("run", SECRET, option, url);
            assertRefused(result, option + ": expected a URL");
            assertThat(result.err()).doesNotContain("sesame");
        }
    }

    @Test
    void withoutAPublicAddressItDoesNotStartIfThatIsRequired() {
        Result result = new Cli()
                .execute(
                        "run",
                        "--require-public-ip",
                        "--public-ip-url=none",
                        SECRET,
                        "0123456789abcdef0123456789abcdef");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("the public address is unknown", "-4 or -6");
    }

    @Test
    void saysWhereASecretCanComeFrom() {
        assertRefused(new Cli().execute("run"), "--secret-file or MTG_SECRET");
        assertRefused(new Cli().with("MTG_SECRET", " ").execute("run"), "the secret is missing");
        assertRefused(new Cli().execute("run", "--secret-file=x", SECRET), "not both");
        assertRefused(new Cli().execute("run", "--secret-file=/nowhere/at/all"), "cannot be read: /nowhere/at/all");
        assertRefused(new Cli().execute("run", "-"), "the secret is empty");
        assertRefused(new Cli().withInput("a".repeat(5000)).execute("run", "-"), "longer than any secret");
    }

    @Test
    void neverShowsASecretWhereverItWasTyped(@TempDir Path directory) throws IOException {
        String wrong = "dd000102030405060708090a0b0c0d0e0f10";
        Path file = Files.writeString(directory.resolve("secret"), wrong);
        for (Result result : new Result[] {
            new Cli().execute("run", wrong),
            new Cli().execute("run", SECRET, "a", wrong),
            new Cli().execute("run", "-b", wrong),
            new Cli().execute("run", "--bind=" + wrong, SECRET),
            new Cli().execute("run", "--workers", wrong),
            new Cli().execute("run", "--dc", "2=" + wrong),
            new Cli().execute("run", "--secret=" + wrong),
            new Cli().execute("run", "-s" + wrong),
            new Cli().execute("run", "--secret-file", wrong),
            new Cli().execute("run", "--secret-file", file.toString()),
            new Cli().execute(wrong),
            new Cli().execute("help", wrong),
            new Cli().execute("generate-secret", wrong),
            new Cli().execute("generate-secret", "-c", wrong + "_", "tls"),
            new Cli().with("MTG_SECRET", wrong).execute("run"),
            new Cli().with("MTG_BIND", wrong).execute("run"),
            new Cli().withInput(wrong + "\n").execute("run", "-"),
        }) {
            assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
            assertThat(result.out() + result.err()).isNotEmpty().doesNotContain("000102030405060708090a0b0c0d0e0f");
        }
    }

    @Test
    void namesTheVariableThatIsWrong() {
        assertRefused(new Cli().with("MTG_WORKERS", "x").execute("run", SECRET), "--workers (from MTG_WORKERS): 'x'");
        assertRefused(
                new Cli().with("MTG_DEBUG", "perhaps").execute("run", SECRET),
                "--debug (from MTG_DEBUG): expected true or false, not 'perhaps'");
        assertRefused(
                new Cli().with("MTG_SECRET_OVERLAP", "31h 5m").execute("run", SECRET),
                "--secret-overlap (from MTG_SECRET_OVERLAP): expected a duration");
    }

    @Test
    void trustedProxiesThatTheEnvironmentHasDoNoHarmWhereTheyAreTurnedOff() {
        Cli trusting = new Cli().with("MTG_TRUSTED_PROXIES", "10.0.0.0/8");
        assertRefused(
                trusting.execute("run", SECRET), "--trusted-proxies: nobody is believed without --proxy-protocol");
        // What is wrong now is something else.
        assertRefused(
                trusting.with("MTG_PROXY_PROTOCOL", "off").execute("run", "--workers=0", SECRET),
                "--workers: 0 is not between");
    }

    @Test
    void wantsACommand() {
        assertRefused(new Cli().execute(), "a command is missing");
        assertRefused(new Cli().execute("excess"), "the command is unknown");
    }

    private static void assertRefused(Result result, String expected) {
        assertThat(result.err())
                .contains(expected)
                .startsWith("mtg-cli: ")
                .contains(" --help'.")
                .hasLineCount(2);
        assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.out()).isEmpty();
    }
}
