package io.github.mtgjava.examples.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A {@code redis-server} or {@code valkey-server} of this machine, as a process of the test on a free port of 127.0.0.1. */
final class RealRedis implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int ATTEMPTS = 5;

    private final Path program;
    private final Path directory;
    private final RedisClient client;
    private final String password;
    private int port;
    private Process process;

    private RealRedis(Path program, Path directory, String password) throws Exception {
        this.program = program;
        this.directory = directory;
        this.password = password;
        client = RedisClient.create();
        startOnFreePort();
    }

    /** Where no such program is on the PATH, the test is skipped and says so. */
    static RealRedis start(Path directory, String password) throws Exception {
        Optional<Path> program = Stream.of("redis-server", "valkey-server")
                .flatMap(RealRedis::onPath)
                .findFirst();
        assumeTrue(
                program.isPresent(),
                "neither redis-server nor valkey-server is on the PATH: not tested with a real one");
        return new RealRedis(program.get(), directory, password);
    }

    private static Stream<Path> onPath(String name) {
        return Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable);
    }

    /** Somebody else may take a port between our look and the server's: then it ends, and another port is tried. */
    private void startOnFreePort() throws Exception {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
                port = socket.getLocalPort();
            }
            if (startThere()) {
                return;
            }
        }
        throw new AssertionError(program + " does not start: " + Files.readString(log()));
    }

    private boolean startThere() throws Exception {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of("--bind", "127.0.0.1", "--port", Integer.toString(port)));
        command.addAll(List.of("--dir", directory.toString(), "--appendonly", "yes", "--save", ""));
        command.addAll(List.of("--requirepass", password));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (process.isAlive()) {
            assertThat(System.nanoTime() - deadline)
                    .as("nanoseconds over the limit")
                    .isNegative();
            try {
                ask(connection -> connection.sync().ping());
                return true;
            } catch (RedisConnectionException notYet) {
                Thread.sleep(10);
            }
        }
        return false;
    }

    private Path log() {
        return directory.resolve("log");
    }

    String uri() {
        return uri(password);
    }

    /** With another password than the right one. */
    String uri(String otherPassword) {
        return "redis://:" + otherPassword + "@127.0.0.1:" + port;
    }

    /** What the server answers to somebody else than the cache. */
    <T> T ask(Function<StatefulRedisConnection<String, String>, T> question) {
        try (StatefulRedisConnection<String, String> connection = client.connect(RedisURI.create(uri()))) {
            return question.apply(connection);
        }
    }

    /** Ends it as an operator does: it writes down what it knows. */
    void stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .as("it ends")
                .isTrue();
    }

    /** Starts it again where it was. */
    void restart() throws Exception {
        assertThat(startThere())
                .as("it starts again: " + Files.readString(log()))
                .isTrue();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        client.shutdown();
    }
}
