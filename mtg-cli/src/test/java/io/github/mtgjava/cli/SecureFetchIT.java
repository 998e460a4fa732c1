package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is fetched over HTTPS, from a server whose certificate is for {@code localhost} only. */
@Timeout(120)
class SecureFetchIT {

    private static final String PASSWORD = "changeit";

    @TempDir
    Path directory;

    private Path keys;

    @BeforeEach
    void makeCertificate() throws Exception {
        keys = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "test",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=test",
                        "-ext",
                        "SAN=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor()).as(output).isZero();
    }

    @Test
    void believesTheServerThatItsCertificateNames() throws Exception {
        try (OneShotServer server = server("203.0.113.5");
                CliProcess cli = lookUp("https://localhost:" + server.port() + "/ip", true)) {
            assertThat(cli.awaitLinks().toString()).contains("server=203.0.113.5");
        }
    }

    @Test
    void refusesACertificateForAnotherName() throws Exception {
        try (OneShotServer server = server("203.0.113.5");
                CliProcess cli = lookUp("https://127.0.0.1:" + server.port() + "/ip", true)) {
            assertThat(cli.awaitLinks().toString()).contains("server=127.0.0.1");
            cli.awaitError("public_address_lookup_failed");
            assertThat(server.requests()).allMatch(String::isEmpty);
        }
    }

    @Test
    void refusesACertificateThatNobodyVouchesFor() throws Exception {
        try (OneShotServer server = server("203.0.113.5");
                CliProcess cli = lookUp("https://localhost:" + server.port() + "/ip", false)) {
            assertThat(cli.awaitLinks().toString()).contains("server=127.0.0.1");
            cli.awaitError("public_address_lookup_failed");
        }
    }

    @Test
    void readsListsOfTheServerThatItsCertificateNames() throws Exception {
        try (OneShotServer server = server("127.0.0.0/8");
                CliProcess cli = run(true, "--allowlist=https://localhost:" + server.port() + "/list")) {
            assertThat(cli.awaitLinks().toString()).contains("server=127.0.0.1");
        }
    }

    @Test
    void readsNoListOfAServerThatNobodyVouchesFor() throws Exception {
        try (OneShotServer server = server("127.0.0.0/8");
                CliProcess cli = run(false, "--allowlist=https://localhost:" + server.port() + "/list")) {
            assertThat(cli.awaitExit()).isEqualTo(ExitCodes.CANNOT_START);
            cli.awaitError("access_list_failed");
        }
    }

    private CliProcess lookUp(String url, boolean trusted) throws IOException {
        return run(trusted, "--public-ip-url=" + url);
    }

    private CliProcess run(boolean trusted, String option) throws IOException {
        String trust = "-Djavax.net.ssl.trustStore=" + keys + " -Djavax.net.ssl.trustStorePassword=" + PASSWORD;
        return CliProcess.start(
                Map.of("MTG_JAVA_OPTS", trusted ? trust : "", "MTG_PUBLIC_IP_URL", "none"),
                "run",
                "-d",
                "--bind=127.0.0.1:0",
                option,
                "dd000102030405060708090a0b0c0d0e0f");
    }

    private OneShotServer server(String line) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        ServerSocket listener =
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        return new OneShotServer(listener, "HTTP/1.1 200 OK\r\n\r\n" + line + "\n", false);
    }
}
