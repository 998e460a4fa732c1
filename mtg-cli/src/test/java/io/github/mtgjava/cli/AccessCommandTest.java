package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.ProxyLinks;
import io.github.mtgjava.ProxyLinks.Endpoint;
import io.github.mtgjava.Secret;
import io.github.mtgjava.SecretType;
import io.github.mtgjava.cli.Cli.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class AccessCommandTest {

    private static final Secret SECRET = Secret.parse("dd000102030405060708090a0b0c0d0e0f");

    @TempDir
    private Path directory;

    static Stream<Secret> secrets() {
        return Stream.of(
                Secret.generate(SecretType.SIMPLE),
                Secret.generate(SecretType.SECURED),
                Secret.generateTls("a-rather-long-name.of-a-host." + "with-many-labels.".repeat(5) + "example.com"));
    }

    private static Result access(String... args) {
        String[] all = Stream.concat(Stream.of("access"), Stream.of(args)).toArray(String[]::new);
        return new Cli().with("MTG_PUBLIC_IP_URL", "none").execute(all);
    }

    private static ProxyLinks links(Secret secret, String host, int port) {
        return ProxyLinks.of(secret, new Endpoint(host, port), null);
    }

    @Test
    void printsTheLinksThatRunWouldPrint() {
        Result result = access("-4", "203.0.113.5", "-b", ":443", SECRET.hex());
        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo(links(SECRET, "203.0.113.5", 443).toJson());
        assertThat(result.err()).isEmpty();
        assertThat(access("-4", "203.0.113.5:444", SECRET.hex()).out())
                .isEqualTo(links(SECRET, "203.0.113.5", 444).toJson());
        assertThat(access("-b", "127.0.0.1:5", SECRET.hex()).out())
                .isEqualTo(links(SECRET, "127.0.0.1", 5).toJson());
    }

    @Test
    void looksThePublicAddressUp() throws Exception {
        try (OneShotServer service = OneShotServer.http("127.0.0.1", "203.0.113.9\n")) {
            assertThat(access("--public-ip-url", service.url().toString(), SECRET.hex())
                            .out())
                    .isEqualTo(links(SECRET, "203.0.113.9", 3128).toJson());
        }
    }

    @Test
    void takesEverythingFromTheEnvironment() {
        Result result = new Cli()
                .with("MTG_SECRET", SECRET.base64Url())
                .with("MTG_BIND", ":7")
                .with("MTG_IPV4", "203.0.113.5")
                .with("MTG_IPV6", "[2001:db8::1]:8")
                .with("MTG_PUBLIC_IP_URL", "none")
                .execute("access");
        assertThat(result.out())
                .isEqualTo(ProxyLinks.of(SECRET, new Endpoint("203.0.113.5", 7), new Endpoint("2001:db8::1", 8))
                        .toJson());
    }

    @Test
    void makesNoLinksToWhereNobodyCanConnect() {
        for (String[] options : new String[][] {{"-4", "0.0.0.0:443"}, {"-6", "[::]:443"}}) {
            Result result = access(options[0], options[1], SECRET.hex());
            assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).contains("nobody can connect to '" + options[1] + "'");
        }
    }

    @Test
    void saysWhatToDoWhenNobodyKnowsTheAddress() {
        Result result = access(SECRET.hex());
        assertThat(result.code()).isEqualTo(ExitCodes.CANNOT_START);
        assertThat(result.err())
                .startsWith("mtg-cli: the public address is unknown")
                .hasLineCount(1);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void refusesWrongUsage() {
        assertThat(access("-b", ":0", SECRET.hex()))
                .matches(result -> result.code() == ExitCodes.USAGE)
                .matches(result -> result.err().contains("--bind: port 0"));
        assertThat(access()).matches(result -> result.err().contains("the secret is missing"));
        assertThat(access("-4", "x", "nonsense"))
                .matches(result -> result.code() == ExitCodes.USAGE)
                .matches(result -> !result.err().contains("nonsense"));
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void drawsCodesThatCanBeScanned(Secret secret) throws Exception {
        Result result = access("-4", "203.0.113.5", "-6", "[2001:db8::1]:443", "--qr", secret.hex());
        List<String> lines = result.out().lines().toList();
        List<Integer> starts = Stream.iterate(0, i -> i + 1)
                .limit(lines.size())
                .filter(i -> lines.get(i).startsWith("tg://"))
                .toList();
        assertThat(starts).hasSize(2).startsWith(0);
        int second = starts.get(1);
        assertThat(QrReader.read(lines.subList(1, second)))
                .isEqualTo(lines.get(0))
                .contains("server=203.0.113.5");
        assertThat(QrReader.read(lines.subList(second + 1, lines.size())))
                .isEqualTo(lines.get(second))
                .contains("port=443");
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void paintsCodesForTheOwnerAlone(Secret secret) throws Exception {
        Path file = directory.resolve("code.png");
        Files.writeString(file, "what was here before");
        for (int i = 0; i < 2; i++) {
            Result result = access("-4", "203.0.113.5", "--qr-png", file.toString(), secret.hex());
            assertThat(result.code()).isZero();
            assertThat(result.out())
                    .isEqualTo(links(secret, "203.0.113.5", 3128).toJson());
            assertThat(QrReader.read(ImageIO.read(file.toFile()))).contains("&server=203.0.113.5");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            Files.delete(file);
        }
    }

    @Test
    void saysThatAPictureCannotBeWritten() {
        Result result = access("-4", "203.0.113.5", "--qr-png", "/nowhere/at/all.png", SECRET.hex());
        assertThat(result.code()).isEqualTo(ExitCodes.CANNOT_START);
        assertThat(result.err())
                .startsWith("mtg-cli: cannot write /nowhere/at/all.png")
                .hasLineCount(1);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void explainsItself() {
        assertThat(access("--help").out()).contains("--qr-png", "[MTG_IPV4]", "Exit codes:", "Examples:");
        assertThat(new Cli().execute("--help").out()).contains("access");
    }
}
