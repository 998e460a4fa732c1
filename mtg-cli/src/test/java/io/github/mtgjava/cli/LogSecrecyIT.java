package io.github.mtgjava.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.mtgjava.Secret;
import io.github.mtgjava.SecretType;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.crypto.Sha256;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.FakeTelegram;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing that opens a connection or tells who sent it is in a full debug log, in any usual way of writing bytes. */
@Timeout(120)
class LogSecrecyIT {

    private static final String HOST = "localhost";
    private static final int KEYS_OFFSET = 8;
    private static final int KEYS_BYTES = 48;

    @ParameterizedTest
    @CsvSource({"SIMPLE,true", "SIMPLE,false", "SECURED,true", "SECURED,false", "TLS,true", "TLS,false"})
    void showsNoKeyNoHelloAndNoFrame(Mode mode, boolean passThrough) throws Exception {
        Secret secret = mode == Mode.TLS
                ? Secret.generateTls(HOST)
                : Secret.generate(mode == Mode.SIMPLE ? SecretType.SIMPLE : SecretType.SECURED);
        try (FakeTelegram telegram = FakeTelegram.start();
                OneShotServer cloaked = OneShotServer.raw("127.0.0.1", "HTTP/1.1 400 Bad Request\r\n\r\n");
                CliProcess cli = start(secret, telegram, cloaked, passThrough)) {
            InetSocketAddress proxy = new InetSocketAddress("127.0.0.1", CliProcess.port(cli.awaitLinks()));
            ClientOptions client =
                    ClientOptions.of(mode, proxy, secret.key(), HOST).withSeed(7);
            try (FakeClient admitted = client.connect()) {
                admitted.both(30_000, 50_000, 1);
            }
            byte[] first = mode == Mode.TLS ? client.clientHello() : client.frame();
            send(client, first);
            cli.awaitError("\"refusal\":\"replay\"");
            byte[] broken = first.clone();
            broken[first.length / 2] ^= 1;
            send(client, broken);
            cli.awaitError("\"event\":\"cloaked\"");
            assertThat(cli.terminate().awaitExit()).isZero();

            assertThat(cli.err()).contains("\"level\":\"debug\"", "\"phase\":\"Relaying\"");
            List<byte[]> confidential = new ArrayList<>(List.of(secret.key(), client.frame(), first, broken));
            confidential.addAll(derived(client.frame(), secret.key()));
            telegram.frames().forEach(frame -> {
                confidential.add(frame.wire());
                confidential.add(Arrays.copyOfRange(frame.wire(), KEYS_OFFSET, KEYS_OFFSET + KEYS_BYTES));
                confidential.add(reversed(frame.wire()));
            });
            assertThat(telegram.frames()).isNotEmpty();
            confidential.forEach(bytes -> assertAbsent(bytes, cli.err()));
            assertThat(cli.err()).doesNotContain(secret.hex(), secret.base64Url());
        }
    }

    @Test
    void noticesBytesHoweverTheyAreWritten() {
        byte[] bytes = RandomSource.secure().bytes(64);
        List<String> logs = List.of(
                HexFormat.of().formatHex(bytes),
                HexFormat.of().withUpperCase().formatHex(bytes),
                HexFormat.ofDelimiter(":").formatHex(bytes),
                Base64.getEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().encodeToString(Arrays.copyOfRange(bytes, 1, 64)),
                Base64.getEncoder().encodeToString(Arrays.copyOfRange(bytes, 2, 64)),
                Arrays.toString(bytes),
                new String(bytes, ISO_8859_1));
        for (String log : logs) {
            assertThatExceptionOfType(AssertionError.class)
                    .as(log)
                    .isThrownBy(() -> assertAbsent(bytes, "msg " + log + " end"));
        }
    }

    private static CliProcess start(Secret secret, FakeTelegram telegram, OneShotServer cloaked, boolean passThrough)
            throws IOException {
        return CliProcess.start(
                Map.of(),
                "run",
                "-d",
                "--bind=127.0.0.1:0",
                "--public-ip-url=none",
                passThrough ? "--pass-through" : "--no-pass-through",
                "--dc=2=127.0.0.1:" + telegram.address().getPort(),
                "--cloak-address=127.0.0.1:" + cloaked.port(),
                secret.hex());
    }

    private static void send(ClientOptions client, byte[] bytes) throws IOException {
        try (Socket socket = client.openSocket()) {
            socket.getOutputStream().write(bytes);
            // Gets the answer of the cloaked site, which is shown everything.
            socket.getOutputStream().write("\r\n\r\n".getBytes(US_ASCII));
            socket.getInputStream().readAllBytes();
        }
    }

    /** Keys and IVs of both directions of the client's stream, as each side computes them. */
    private static List<byte[]> derived(byte[] frame, byte[] key) {
        byte[] up = Arrays.copyOfRange(frame, KEYS_OFFSET, KEYS_OFFSET + KEYS_BYTES);
        byte[] down = reversed(frame);
        return List.of(
                up,
                down,
                Sha256.of(Arrays.copyOf(up, 32), key),
                Sha256.of(Arrays.copyOf(down, 32), key),
                Arrays.copyOfRange(up, 32, KEYS_BYTES),
                Arrays.copyOfRange(down, 32, KEYS_BYTES));
    }

    private static byte[] reversed(byte[] frame) {
        byte[] reversed = new byte[KEYS_BYTES];
        for (int i = 0; i < KEYS_BYTES; i++) {
            reversed[i] = frame[KEYS_OFFSET + KEYS_BYTES - 1 - i];
        }
        return reversed;
    }

    /** Looks for 12 bytes out of the middle: a log that shows a part shows too much. */
    private static void assertAbsent(byte[] bytes, String log) {
        int from = bytes.length / 2 - 6;
        byte[] part = Arrays.copyOfRange(bytes, from, from + 12);
        String lower = log.toLowerCase(Locale.ROOT);
        assertThat(lower).doesNotContain(HexFormat.of().formatHex(part));
        assertThat(lower).doesNotContain(HexFormat.ofDelimiter(":").formatHex(part));
        assertThat(lower).doesNotContain(HexFormat.ofDelimiter(" ").formatHex(part));
        assertThat(log.replace(" ", ""))
                .doesNotContain(Arrays.toString(Arrays.copyOf(part, 6)).replaceAll("[\\[\\] ]", ""));
        for (int shift = 0; shift < 3; shift++) {
            byte[] shifted = Arrays.copyOfRange(bytes, from + shift, from + shift + 9);
            assertThat(log).doesNotContain(Base64.getEncoder().encodeToString(shifted));
            assertThat(log).doesNotContain(Base64.getUrlEncoder().encodeToString(shifted));
        }
        assertThat(new String(part, ISO_8859_1))
                .satisfies(text -> assertThat(log).doesNotContain(text));
    }
}
