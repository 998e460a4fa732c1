package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.Secret;
import io.github.mtgjava.SecretType;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeSocks5;
import io.github.mtgjava.testkit.FakeTelegram;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The packaged program reaches Telegram through a SOCKS5 server, and keeps the login to itself. */
@Timeout(120)
class Socks5ProgramIT {

    private static final Secret SECRET = Secret.generate(SecretType.SECURED);

    private static CliProcess run(FakeSocks5 server, FakeTelegram telegram, String login) throws IOException {
        return CliProcess.start(
                Map.of("MTG_SOCKS5", login + "@127.0.0.1:" + server.address().getPort()),
                "run",
                "-d",
                "--bind=127.0.0.1:0",
                "--public-ip-url=none",
                "--dc=2=127.0.0.1:" + telegram.address().getPort(),
                SECRET.hex());
    }

    private static ClientOptions client(CliProcess cli) throws InterruptedException {
        InetSocketAddress proxy = new InetSocketAddress("127.0.0.1", CliProcess.port(cli.awaitLinks()));
        return ClientOptions.secured(proxy, SECRET.key());
    }

    @Test
    void servesAClientAndNeverShowsTheLogin() throws Exception {
        try (FakeTelegram telegram = FakeTelegram.start();
                FakeSocks5 server = FakeSocks5.start()) {
            server.requireLogin("alibaba", "sesame,open");
            try (CliProcess cli = run(server, telegram, "alibaba:sesame%2Copen")) {
                try (FakeClient client = client(cli).connect()) {
                    client.both(1000, 1000, 1);
                }
                assertThat(cli.terminate().awaitExit()).isZero();
                assertThat(server.requests()).hasSize(1);
                assertThat(cli.out() + cli.err()).doesNotContain("alibaba", "sesame");
            }
        }
    }

    @Test
    void saysThatTheLoginIsRefusedWithoutShowingIt() throws Exception {
        try (FakeTelegram telegram = FakeTelegram.start();
                FakeSocks5 server = FakeSocks5.start()) {
            server.requireLogin("alibaba", "sesame,open");
            try (CliProcess cli = run(server, telegram, "alibaba:simsim")) {
                try (FakeClient client = client(cli).connect()) {
                    client.readEnd();
                }
                cli.awaitError("\"event\":\"socks5_failed\"");
                assertThat(cli.terminate().awaitExit()).isZero();
                assertThat(cli.err()).contains("refuses user and password").doesNotContain("alibaba", "simsim");
            }
        }
    }
}
