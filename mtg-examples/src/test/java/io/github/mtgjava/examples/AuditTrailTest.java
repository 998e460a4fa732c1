package io.github.mtgjava.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeClient;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AuditTrailTest {

    private static final String TIME = "\\{\"ts\":\"20[0-9TZ:.-]+\",";

    @TempDir
    private Path directory;

    @Test
    void writesWhatBecameOfEveryConnection() throws Exception {
        Path file = directory.resolve("audit.jsonl");
        try (AuditTrail trail = new AuditTrail(file);
                ProxyWithParts proxy = new ProxyWithParts(builder -> builder.addObserver(trail))) {
            ClientOptions options = proxy.client().withSeed(1);
            try (FakeClient client = options.connect()) {
                client.echo(new byte[1000]);
            }
            try (FakeClient other = proxy.client().connect();
                    Socket replay = options.openSocket()) {
                replay.getOutputStream().write(options.frame());
                replay.shutdownOutput();
                assertThat(replay.getInputStream().read()).isNegative();
                other.echo(new byte[1]);
            }
        }
        List<String> lines = Files.readAllLines(file);
        assertThat(eventsOf(lines, 1))
                .matches(
                        "admitted \"mode\":\"secured\",\"transport\":\"padded_intermediate\",\"dc\":2; "
                                + "closed \"reason\":\"client_closed\",\"from_client\":10[0-9]{2},\"to_client\":1000,\"ms\":[0-9]+; ");
        assertThat(eventsOf(lines, 3))
                .matches("replay \"address\":\"127.0.0.1\"; refused \"reason\":\"replay\"; "
                        + "closed \"reason\":\"refused\",\"from_client\":64,\"to_client\":0,\"ms\":[0-9]+; ");
        assertThat(lines).hasSize(7).allMatch(line -> line.matches(TIME + "\"event\":\"[a-z]+\",\"conn\":[123],.*}"));
        assertThat(lines.stream().filter(line -> line.contains("127.0.0.1"))).hasSize(1);
    }

    @Test
    void goesOnInTheSameFile() throws Exception {
        Path file = directory.resolve("audit.jsonl");
        for (int i = 1; i <= 2; i++) {
            try (AuditTrail trail = new AuditTrail(file);
                    ProxyWithParts proxy = new ProxyWithParts(builder -> builder.addObserver(trail))) {
                try (FakeClient client = proxy.client().connect()) {
                    client.echo(new byte[1]);
                }
            }
            assertThat(Files.readAllLines(file)).hasSize(2 * i);
        }
    }

    /** Each with what it says, in order. */
    private static String eventsOf(List<String> lines, int connection) {
        return lines.stream()
                .filter(line -> line.contains("\"conn\":" + connection + ","))
                .map(line -> line.replaceAll(TIME + "\"event\":\"([a-z]+)\",\"conn\":[0-9]+,(.*)}", "$1 $2; "))
                .collect(Collectors.joining());
    }
}
