package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.google.gson.JsonObject;
import io.github.mtgjava.Secret;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeBootstrap;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeTelegram;
import io.github.mtgjava.testkit.RecordingOrigin;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIGHUP, sent to what the launcher starts. */
@Timeout(180)
class ReloadIT {

    private static final String HOST = "localhost";

    private final Secret first = Secret.generateTls(HOST);
    private final Secret second = Secret.generateTls(HOST);

    @TempDir
    Path directory;

    private FakeTelegram telegram;
    private RecordingOrigin site;

    @BeforeEach
    void start() throws IOException {
        assumeFalse(Signals.isIgnored(Signals.SIGHUP), "a process whose parent ignores SIGHUP, as nohup makes it");
        telegram = FakeTelegram.start();
        site = RecordingOrigin.start();
    }

    @AfterEach
    void close() {
        if (telegram != null) {
            telegram.close();
            site.close();
        }
    }

    private String file(String content) throws IOException {
        return Files.writeString(directory.resolve("secret"), content).toString();
    }

    /** On loopback, with the fakes around it. */
    private CliProcess run(Map<String, String> environment, String... args) throws IOException {
        return CliProcess.start(variables(environment), command(args).toArray(String[]::new));
    }

    private Map<String, String> variables(Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "MTG_BIND",
                "127.0.0.1:0",
                "MTG_PUBLIC_IP_URL",
                "none",
                "MTG_CACHE_DIR",
                directory.resolve("cache").toString()));
        variables.putAll(more);
        return variables;
    }

    private List<String> command(String... args) {
        List<String> all = new ArrayList<>(List.of(
                "run",
                "-d",
                "--dc=2=127.0.0.1:" + telegram.address().getPort(),
                "--cloak-address=127.0.0.1:" + site.address().getPort()));
        all.addAll(List.of(args));
        return all;
    }

    private static ClientOptions client(JsonObject links, Secret secret) {
        InetSocketAddress proxy = new InetSocketAddress("127.0.0.1", CliProcess.port(links));
        return ClientOptions.tls(proxy, secret.key(), HOST);
    }

    private static void assertServed(ClientOptions options) throws IOException {
        try (FakeClient client = options.connect()) {
            assertThat(client.echo(new byte[1000])).hasSize(1000);
        }
    }

    /** Nobody but strangers is brought to the site. */
    private void assertStranger(ClientOptions options) throws IOException {
        byte[] hello = options.clientHello();
        int visits = site.accepted();
        try (Socket socket = options.openSocket()) {
            socket.getOutputStream().write(hello);
            assertThat(site.awaitVisit(visits).awaitBytes(hello.length)).isEqualTo(hello);
        }
    }

    private void assertShowsNoSecret(CliProcess cli) {
        for (Secret secret : List.of(first, second)) {
            assertThat(cli.err()).doesNotContain(secret.keyHex(), secret.hex(), secret.base64Url());
        }
    }

    @Test
    void changesTheSecretWhileClientsGoOn() throws Exception {
        try (CliProcess cli = run(Map.of(), "--secret-file", file(first.hex() + "\n"))) {
            JsonObject links = cli.awaitLinks();
            try (FakeClient early = client(links, first).connect()) {
                assertThat(early.echo(new byte[1000])).hasSize(1000);
                file(second.base64Url() + "\n");
                JsonObject newLinks = cli.hangUp().awaitLinks(2);
                assertThat(newLinks.get("secret_for_mtproxybot").getAsString()).isEqualTo(second.keyHex());
                assertThat(CliProcess.port(newLinks)).isEqualTo(CliProcess.port(links));
                cli.awaitError(
                        "\"event\":\"reloaded\",\"secret\":\"changed\",\"overlap_seconds\":86400,\"lists\":\"none\"");
                assertServed(client(newLinks, second));
                assertServed(client(newLinks, first));
                assertThat(early.echo(new byte[1000])).hasSize(1000);
            }
            cli.hangUp().awaitError("\"event\":\"reloaded\",\"secret\":\"unchanged\"");
            assertThat(cli.terminate().awaitExit()).isZero();
            assertThat(cli.out().split("secret_for_mtproxybot"))
                    .as("links, twice")
                    .hasSize(3);
            assertShowsNoSecret(cli);
        }
    }

    @Test
    void withoutAnOverlapTheOldSecretEndsAtOnce() throws Exception {
        try (CliProcess cli = run(Map.of("MTG_SECRET_OVERLAP", "0"), "--secret-file", file(first.hex()))) {
            assertServed(client(cli.awaitLinks(), first));
            file(second.hex());
            JsonObject links = cli.hangUp().awaitLinks(2);
            assertServed(client(links, second));
            assertStranger(client(links, first));
            assertThat(cli.terminate().awaitExit()).isZero();
        }
    }

    @Test
    void leavesEverythingAsItWasIfTheFileIsNoGood() throws Exception {
        String path = file(first.hex());
        try (CliProcess cli = run(Map.of(), "--secret-file", path)) {
            JsonObject links = cli.awaitLinks();
            file(second.hex().substring(0, 30));
            cli.hangUp().awaitError("\"event\":\"reload_failed\",\"cause\":\"the secret is too short");
            file(second.keyHex());
            cli.hangUp().awaitError("it is simple, but the proxy runs with one that is tls: that takes a restart");
            file(Secret.generateTls("other.example").hex());
            cli.hangUp().awaitError("it is for other.example, but the proxy runs with one for localhost");
            Files.delete(Path.of(path));
            cli.hangUp().awaitError("\"cause\":\"--secret-file: the file cannot be read");
            assertServed(client(links, first));
            assertThat(cli.err()).doesNotContain("\"event\":\"reloaded\"");

            file(second.hex());
            assertServed(client(cli.hangUp().awaitLinks(2), second));
            assertThat(cli.terminate().awaitExit()).isZero();
            assertShowsNoSecret(cli);
        }
    }

    @Test
    void doesNotWaitForASecretFromAPipeThatIsReadOut() throws Exception {
        Path pipe = directory.resolve("secret");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        try (CliProcess cli = run(Map.of(), "--secret-file", pipe.toString())) {
            file(first.hex() + "\n");
            JsonObject links = cli.awaitLinks();
            cli.hangUp().awaitError("\"event\":\"reload_failed\",\"cause\":\"--secret-file: no regular file");
            assertServed(client(links, first));
            Files.delete(pipe);
            file(second.hex());
            assertServed(client(cli.hangUp().awaitLinks(2), second));
            assertThat(cli.terminate().awaitExit()).isZero();
        }
    }

    @Test
    void readsListsAgain() throws Exception {
        String path = "/list";
        try (FakeBootstrap lists = FakeBootstrap.start().with(path, "127.0.0.0/8\n::1\n");
                CliProcess cli = run(
                        Map.of("MTG_SECRET", first.hex()),
                        "--allowlist",
                        lists.url(path).toString())) {
            JsonObject links = cli.awaitLinks();
            assertServed(client(links, first));
            lists.with(path, "192.0.2.0/24\n");
            cli.hangUp()
                    .awaitError(
                            "\"event\":\"reloaded\",\"secret\":\"no_file\",\"overlap_seconds\":86400,\"lists\":\"read\"");
            assertStranger(client(links, first));
            lists.with(path, "nonsense");
            cli.hangUp().awaitError("\"lists\":\"kept\"");
            assertThat(cli.terminate().awaitExit()).isZero();
            assertThat(cli.out().split("secret_for_mtproxybot"))
                    .as("links, once")
                    .hasSize(2);
        }
    }

    @Test
    void saysSoIfThereIsNothingToReload() throws Exception {
        try (CliProcess cli = run(Map.of("MTG_SECRET", first.hex()))) {
            JsonObject links = cli.awaitLinks();
            cli.hangUp().awaitError("\"event\":\"nothing_to_reload\"");
            assertServed(client(links, first));
            assertThat(cli.terminate().awaitExit()).isZero();
        }
    }

    @Test
    void goesOnUnderNohup() throws Exception {
        List<String> command = new ArrayList<>(List.of("nohup", CliProcess.LAUNCHER.toString()));
        command.addAll(command("--secret-file", file(first.hex())));
        try (CliProcess cli = CliProcess.startCommand(variables(Map.of()), command)) {
            JsonObject links = cli.awaitLinks();
            cli.awaitError("SIGHUP stays ignored");
            cli.hangUp();
            assertServed(client(links, first));
            assertThat(cli.terminate().awaitExit()).isZero();
        }
    }

    @Test
    void goesOnWithoutTheSignalWhereTheJvmLeavesSignalsAlone() throws Exception {
        try (CliProcess cli = run(Map.of("MTG_JAVA_OPTS", "-Xrs"), "--secret-file", file(first.hex()))) {
            cli.awaitError("SIGHUP cannot be handled");
            assertServed(client(cli.awaitLinks(), first));
        }
    }
}
