package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.mtgjava.Secret;
import io.github.mtgjava.SecretType;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeBootstrap;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeTelegram;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program keeps out whom it is told to. */
@Timeout(180)
class ListsIT {

    private static final Secret SECRET = Secret.generate(SecretType.SECURED);

    @TempDir
    Path directory;

    private CliProcess run(Map<String, String> environment, String... args) throws IOException {
        Map<String, String> variables = new HashMap<>(Map.of(
                "MTG_BIND", "127.0.0.1:0",
                "MTG_PUBLIC_IP_URL", "none",
                "MTG_CACHE_DIR", directory.resolve("cache").toString()));
        variables.putAll(environment);
        List<String> all = new ArrayList<>(List.of("run", "-v"));
        all.addAll(List.of(args));
        return CliProcess.start(variables, all.toArray(String[]::new));
    }

    private static ClientOptions client(CliProcess cli) throws InterruptedException {
        JsonObject links = cli.awaitLinks();
        return ClientOptions.secured(new InetSocketAddress("127.0.0.1", CliProcess.port(links)), SECRET.key());
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("list"), content);
    }

    @Test
    void servesWhoIsOnTheAllowListAndNobodyElseOnceItHasChanged() throws Exception {
        Path list = file("127.0.0.0/8\n");
        try (FakeTelegram telegram = FakeTelegram.start();
                CliProcess cli = run(
                        Map.of("MTG_ALLOWLIST", list.toString()),
                        "--dc=2=127.0.0.1:" + telegram.address().getPort(),
                        SECRET.hex())) {
            try (FakeClient served = client(cli).connect()) {
                assertThat(served.echo(new byte[10])).hasSize(10);
            }
            file("192.0.2.0/24\n198.51.100.0/24\n");
            cli.awaitError("\"ranges\":2");
            try (Socket refused = client(cli).openSocket()) {
                refused.getOutputStream().write(client(cli).frame());
            }
            cli.awaitError("\"refusal\":\"blocked\"");
            assertThat(cli.terminate().awaitExit()).isZero();
        }
    }

    @Test
    void withoutItsAllowListItSaysSoInOneLine() throws Exception {
        try (CliProcess cli = run(Map.of(), "--allowlist=" + directory.resolve("nowhere"), SECRET.hex())) {
            assertThat(cli.awaitExit()).isEqualTo(ExitCodes.CANNOT_START);
            assertThat(cli.err().lines().filter(line -> line.startsWith("mtg-cli: ")))
                    .singleElement()
                    .asString()
                    .contains("cannot load the allow list", "there is no such file");
            assertThat(cli.out()).isEmpty();
        }
    }

    @Test
    void takesBlockListsFromFilesAndSitesAndKeepsCopies() throws Exception {
        try (FakeBootstrap site = FakeBootstrap.start().with("/list", "203.0.113.0/24\n127.0.0.0/8\n")) {
            String url = site.url("/list").toString();
            try (CliProcess cli = run(Map.of(), "--blocklist=" + file("nonsense"), "--blocklist", url, SECRET.hex())) {
                cli.awaitLinks();
                assertThat(cli.terminate().awaitExit()).isZero();
                assertThat(events(cli)).contains("access_list_failed", "access_list_loaded", "access_list_local");
            }
            site.suspend();
            try (CliProcess cli = run(Map.of("MTG_BLOCKLIST", url), SECRET.hex())) {
                cli.awaitLinks();
                assertThat(cli.terminate().awaitExit()).isZero();
                assertThat(events(cli)).contains("access_list_from_cache");
            }
        }
    }

    @Test
    void limitsTheConnectionsOfAnAddress() throws Exception {
        try (CliProcess cli = run(Map.of(), "--max-connections-per-ip=1", SECRET.hex());
                Socket first = client(cli).openSocket();
                Socket second = client(cli).openSocket()) {
            cli.awaitError("\"event\":\"address_limit\"");
            assertThat(cli.err()).contains("--max-connections-per-ip");
            assertThat(first.isConnected() && second.isConnected()).isTrue();
        }
    }

    private static List<String> events(CliProcess cli) {
        return cli.err()
                .lines()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .filter(line -> line.has("event"))
                .map(line -> line.get("event").getAsString())
                .toList();
    }
}
