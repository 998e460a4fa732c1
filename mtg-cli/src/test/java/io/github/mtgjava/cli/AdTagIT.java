package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.mtgjava.Secret;
import io.github.mtgjava.SecretType;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeBootstrap;
import io.github.mtgjava.testkit.FakeMiddleProxy;
import io.github.mtgjava.testkit.MessageClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program promotes a channel. */
class AdTagIT {

    private static final String AD_TAG = "0123456789abcdef0123456789abcdef";
    private static final Secret SECRET = Secret.generate(SecretType.SECURED);

    @TempDir
    Path directory;

    private FakeMiddleProxy middle;
    private FakeBootstrap site;

    @BeforeEach
    void startTelegram() throws IOException {
        middle = FakeMiddleProxy.start(FakeMiddleProxy.anySecret());
        site = FakeBootstrap.start(Map.of(2, List.of(middle.address())), OptionalInt.of(2));
    }

    @AfterEach
    void stopTelegram() {
        site.close();
        middle.close();
    }

    private CliProcess run(Map<String, String> environment, String... args) throws IOException {
        Map<String, String> variables = new HashMap<>(Map.of(
                "MTG_BIND", "127.0.0.1:0",
                "MTG_PUBLIC_IP_URL", "none",
                "MTG_CACHE_DIR", directory.resolve("cache").toString(),
                "MTG_PROXY_SECRET_URL", site.url(FakeBootstrap.SECRET).toString(),
                "MTG_PROXY_CONFIG_URL", site.url(FakeBootstrap.CONFIG).toString(),
                "MTG_PROXY_CONFIG_V6_URL", site.url(FakeBootstrap.CONFIG_V6).toString()));
        variables.putAll(environment);
        List<String> all = new ArrayList<>(List.of("run", "-d"));
        all.addAll(List.of(args));
        return CliProcess.start(variables, all.toArray(String[]::new));
    }

    private void talkThrough(CliProcess cli) throws Exception {
        InetSocketAddress proxy = new InetSocketAddress("127.0.0.1", CliProcess.port(cli.awaitLinks()));
        try (MessageClient client =
                MessageClient.connect(ClientOptions.secured(proxy, SECRET.key()), ClientOptions.PADDED)) {
            client.echo(1000);
        }
        byte[] tag = middle.requests().get(middle.requests().size() - 1).adTag();
        assertThat(HexFormat.of().formatHex(tag)).isEqualTo(AD_TAG);
    }

    @Test
    void servesAClientAndNeverLogsWhatIsSecret() throws Exception {
        try (CliProcess cli = run(Map.of(), SECRET.hex(), AD_TAG)) {
            talkThrough(cli);
            cli.awaitError("\"link_opened\"");
            assertThat(cli.terminate().awaitExit()).isZero();
            assertThat(cli.err())
                    .contains("\"public_address_unknown\"", "\"link_closed\"")
                    .doesNotContain(AD_TAG, SECRET.keyHex())
                    .doesNotContain(HexFormat.of().formatHex(FakeMiddleProxy.anySecret(), 0, 8));
        }
    }

    @Test
    void takesTheAdTagFromTheEnvironmentAndStartsFromItsCache() throws Exception {
        Map<String, String> environment = Map.of("MTG_ADTAG", AD_TAG, "MTG_SECRET", SECRET.hex());
        try (CliProcess cli = run(environment)) {
            talkThrough(cli);
            assertThat(cli.terminate().awaitExit()).isZero();
        }
        site.suspend();
        try (CliProcess cli = run(environment)) {
            talkThrough(cli);
            assertThat(cli.terminate().awaitExit()).isZero();
            assertThat(cli.err()).contains("\"bootstrap_from_cache\"");
        }
    }

    @Test
    void waitsForTheSiteAndStartsWhenItIsBack() throws Exception {
        site.suspend();
        try (CliProcess cli = run(Map.of(), SECRET.hex(), AD_TAG)) {
            cli.awaitError("\"bootstrap_waiting\"");
            assertThat(cli.out()).isEmpty();
            site.resume();
            talkThrough(cli);
            assertThat(cli.terminate().awaitExit()).isZero();
        }
    }

    @Test
    void aSignalEndsTheWait() throws Exception {
        site.suspend();
        try (CliProcess cli = run(Map.of(), SECRET.hex(), AD_TAG)) {
            cli.awaitError("\"bootstrap_waiting\"");
            assertThat(cli.terminate().awaitExit()).isZero();
            assertThat(cli.out()).isEmpty();
            assertThat(cli.err()).contains("\"stopped\"").doesNotContain("mtg-cli: ");
        }
    }

    @Test
    void aHangupDuringTheWaitIsHeededAfterIt() throws Exception {
        assumeFalse(Signals.isIgnored(Signals.SIGHUP), "a process whose parent ignores SIGHUP, as nohup makes it");
        Secret next = Secret.generate(SecretType.SECURED);
        Path file = Files.writeString(directory.resolve("secret"), SECRET.hex());
        site.suspend();
        try (CliProcess cli = run(Map.of("MTG_ADTAG", AD_TAG), "--secret-file", file.toString())) {
            cli.awaitError("\"bootstrap_waiting\"");
            Files.writeString(file, next.hex());
            cli.hangUp();
            site.resume();
            InetSocketAddress proxy = new InetSocketAddress("127.0.0.1", CliProcess.port(cli.awaitLinks(2)));
            for (Secret secret : List.of(SECRET, next)) {
                try (MessageClient client =
                        MessageClient.connect(ClientOptions.secured(proxy, secret.key()), ClientOptions.PADDED)) {
                    client.echo(1000);
                }
            }
            assertThat(cli.terminate().awaitExit()).isZero();
        }
    }

    @Test
    void givesUpAfterTheTimeThatItIsTold() throws Exception {
        site.suspend();
        try (CliProcess cli = run(Map.of(), "--start-timeout=100ms", SECRET.hex(), AD_TAG)) {
            assertThat(cli.awaitExit()).isEqualTo(1);
            assertThat(cli.err()).contains("mtg-cli: cannot fetch what ad tags need within");
        }
    }
}
