package io.github.mtgjava.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The packaged program in a process of its own, started by its launcher script. Every wait is bounded. */
final class CliProcess implements AutoCloseable {

    /** The launcher that the build puts beside the jar. */
    static final Path LAUNCHER = Path.of("target", "mtg-cli").toAbsolutePath();

    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final Process process;
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder err = new StringBuilder();
    private final List<Thread> readers = new ArrayList<>();

    private CliProcess(Process process) {
        this.process = process;
        collect(process.getInputStream(), out);
    }

    /** Starts the launcher with the JDK of the tests and no {@code MTG_} variables but the given ones;
     * it answers Prometheus on any free port, and keeps nothing on disk. */
    static CliProcess start(Map<String, String> environment, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
        command.addAll(List.of(args));
        return startCommand(environment, command);
    }

    /** The same, but nobody reads what it writes to standard error. */
    static CliProcess startUnread(Map<String, String> environment, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
        command.addAll(List.of(args));
        return new CliProcess(spawn(environment, command));
    }

    /** The same as {@link #start} for any command line. */
    static CliProcess startCommand(Map<String, String> environment, List<String> command) throws IOException {
        CliProcess cli = new CliProcess(spawn(environment, command));
        cli.collect(cli.process.getErrorStream(), cli.err);
        return cli;
    }

    private static Process spawn(Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("MTG_") || name.equals("JAVA_TOOL_OPTIONS"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // Several run at once.
        builder.environment().put("MTG_STATS_BIND", "127.0.0.1:0");
        builder.environment().put("MTG_CACHE_DIR", "none");
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Gives it a line of input, and the end of it. */
    CliProcess input(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        return this;
    }

    /** The links, once they are printed. */
    JsonObject awaitLinks() throws InterruptedException {
        await(out, text -> text.endsWith("\n}\n"));
        return JsonParser.parseString(out()).getAsJsonObject();
    }

    /** The links that were printed last, once they have been so many times. */
    JsonObject awaitLinks(int times) throws InterruptedException {
        await(out, text -> text.endsWith("\n}\n") && documents(text).length == times);
        return JsonParser.parseString(documents(out())[times - 1]).getAsJsonObject();
    }

    private static String[] documents(String text) {
        return text.split("(?<=\n}\n)");
    }

    /** Waits until standard error has this text. */
    void awaitError(String text) throws InterruptedException {
        await(err, content -> content.contains(text));
    }

    /** The port in the links. */
    static int port(JsonObject links) {
        String url = links.getAsJsonObject("ipv4").get("tg_url").getAsString();
        return Integer.parseInt(url.replaceAll(".*[?&]port=([0-9]+).*", "$1"));
    }

    /** Sends SIGTERM. By the handle, as the process's own method also closes its output. */
    CliProcess terminate() {
        process.toHandle().destroy();
        return this;
    }

    /** Sends SIGHUP. */
    CliProcess hangUp() throws IOException, InterruptedException {
        Signals.send("HUP", process);
        return this;
    }

    Process process() {
        return process;
    }

    /** Waits for its end; all output is there then. */
    int awaitExit() throws InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running; standard error: " + err());
        }
        for (Thread reader : readers) {
            reader.join(LIMIT.toMillis());
        }
        return process.exitValue();
    }

    String out() {
        synchronized (out) {
            return out.toString();
        }
    }

    String err() {
        synchronized (err) {
            return err.toString();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** A file that is gone when the JVM is. */
    static Path temporaryFile(String content) throws IOException {
        Path file = Files.createTempFile("mtg-cli", "test");
        file.toFile().deleteOnExit();
        return Files.writeString(file, content);
    }

    private void await(StringBuilder text, Predicate<String> condition) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        synchronized (text) {
            while (!condition.test(text.toString())) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0 || !process.isAlive()) {
                    throw new AssertionError("not printed: out [" + out() + "] err [" + err() + "]");
                }
                text.wait(Math.min(left, 200));
            }
        }
    }

    private void collect(InputStream stream, StringBuilder text) {
        Thread collector = new Thread(() -> {
            char[] chunk = new char[8192];
            try (Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
                for (int n = reader.read(chunk); n >= 0; n = reader.read(chunk)) {
                    synchronized (text) {
                        text.append(chunk, 0, n);
                        text.notifyAll();
                    }
                }
            } catch (IOException closed) {
                Thread.currentThread().interrupt();
            }
        });
        collector.setDaemon(true);
        collector.start();
        readers.add(collector);
    }
}
