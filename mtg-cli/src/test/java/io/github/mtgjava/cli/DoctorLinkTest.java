package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.MtProxy;
import io.github.mtgjava.Secret;
import io.github.mtgjava.SecretType;
import io.github.mtgjava.cli.Cli.Result;
import io.github.mtgjava.testkit.ClosedPort;
import io.github.mtgjava.testkit.FakeOrigin;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The doctor as the client of a proxy. Everything it asks is on loopback. */
class DoctorLinkTest {

    private HealthyHost host;

    @BeforeEach
    void makeAllWell() throws IOException {
        host = new HealthyHost();
    }

    @AfterEach
    void stop() throws IOException {
        host.close();
    }

    @Test
    void isTheClientOfAnyProxy() throws IOException {
        for (Secret each :
                List.of(host.secret(), Secret.generate(SecretType.SECURED), Secret.generate(SecretType.SIMPLE))) {
            host.secret(each);
            try (MtProxy proxy = host.proxy(host.telegram().address())) {
                proxy.start();
                assertThat(link(proxy.address(), host.secret()).out()).startsWith("OK    link  works end to end: DC2");
            }
        }
    }

    @Test
    void saysWhyAProxyDoesNotWork() throws IOException {
        try (MtProxy proxy = host.proxy(host.telegram().address());
                ClosedPort nobody = ClosedPort.reserve()) {
            proxy.start();
            assertThat(link(nobody.address(), host.secret()))
                    .matches(result -> result.code() == 1)
                    .matches(result -> result.out().startsWith("FAIL  link")
                            && result.out().contains("firewalls"));
            Result unknown = link(proxy.address(), Secret.generateTls(FakeOrigin.HOST));
            assertThat(unknown.code()).isEqualTo(1);
            assertThat(unknown.out())
                    .startsWith("FAIL  link")
                    .contains("secret")
                    .hasLineCount(1);
            assertThat(new Cli()
                            .execute("doctor", "--link", "tg://proxy?server=x&port=1")
                            .err())
                    .contains("--link: the secret is missing in the link");
        }
    }

    private static Result link(InetSocketAddress proxy, Secret secret) {
        String link = "tg://proxy?server=127.0.0.1&port=" + proxy.getPort() + "&secret=" + secret.hex();
        Result result = new Cli().execute("doctor", "--timeout=5s", "--link", link);
        assertThat(result.out() + result.err()).doesNotContain(secret.keyHex());
        return result;
    }
}
