package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whom the doctor believes: the server's certificate is for {@code localhost}, and nobody but its own file vouches. */
@Timeout(120)
class DoctorIT {

    private static final String PASSWORD = "changeit";

    @TempDir
    Path directory;

    @Test
    void trustsTheAuthoritiesOfAFile() throws Exception {
        Path keys = directory.resolve("keys.p12");
        Path pem = directory.resolve("ca.pem");
        keytool("-genkeypair", keys, "-keyalg", "EC", "-dname", "CN=test", "-ext", "SAN=dns:localhost");
        keytool("-exportcert", keys, "-rfc", "-file", pem.toString());
        try (OneShotServer server =
                server(keys, "HTTP/1.1 204 No Content\r\nDate: " + OneShotServer.NOW + "\r\n\r\n")) {
            assertThat(doctor("localhost", server, "--ca-file=" + pem)).contains("OK    clock");
            assertThat(doctor("localhost", server)).contains("WARN  clock");
            assertThat(doctor("127.0.0.1", server, "--ca-file=" + pem)).contains("WARN  clock");
        }
    }

    /** Telegram is out of reach: this is about the clock. */
    private static String doctor(String host, OneShotServer server, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "doctor",
                "--dc=2=127.0.0.1:1",
                "--bind=127.0.0.1:0",
                "--public-ip-url=none",
                "--clock-url=https://" + host + ":" + server.port() + "/",
                "dd5c01a8e94b7f2360d19a3be7c4f10826"));
        arguments.addAll(Arrays.asList(more));
        return new Cli().execute(arguments.toArray(String[]::new)).out();
    }

    private static void keytool(String command, Path keys, String... more) throws IOException, InterruptedException {
        String program =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> words = new ArrayList<>(List.of(
                program,
                command,
                "-alias",
                "test",
                "-keystore",
                keys.toString(),
                "-storetype",
                "PKCS12",
                "-storepass"));
        words.add(PASSWORD);
        words.addAll(Arrays.asList(more));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
    }

    private static OneShotServer server(Path keys, String answer) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return new OneShotServer(
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getByName("127.0.0.1")),
                answer,
                false);
    }
}
