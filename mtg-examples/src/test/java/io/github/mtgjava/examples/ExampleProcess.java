package io.github.mtgjava.examples;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An example as its readers run it: a process. It is killed after 50 seconds, whatever waits for it. */
final class ExampleProcess implements AutoCloseable {

    static final int ENDED_BY_SIGTERM = 128 + 15;

    private static final int LIMIT_SECONDS = 50;
    private static final Pattern PORT = Pattern.compile(".*port=([0-9]+).*");

    private final Process process;
    private final BufferedReader out;
    private final Path errors;

    private ExampleProcess(List<String> command, Map<String, String> environment) throws IOException {
        errors = Files.createTempFile("example", ".err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MTG_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        process = builder.start();
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
    }

    /** By the script that the documentation names. */
    static ExampleProcess script(String name, String... arguments) throws IOException {
        return script(Map.of(), name, arguments);
    }

    /** With these variables, and no others that begin with {@code MTG_}. */
    static ExampleProcess script(Map<String, String> environment, String name, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(Path.of("example").toAbsolutePath().toString(), name));
        command.addAll(List.of(arguments));
        return new ExampleProcess(command, environment);
    }

    /** On that class path. */
    static ExampleProcess java(String classPath, Class<?> program, String... arguments) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "-cp", classPath, program.getName()));
        command.addAll(List.of(arguments));
        return new ExampleProcess(command, Map.of());
    }

    /** Of this test, whose module has most of what it needs on the module path. */
    static String classPath() {
        return System.getProperty("java.class.path") + File.pathSeparator + System.getProperty("jdk.module.path", "");
    }

    /** What the pattern's group matches in the next line that it matches. */
    String await(Pattern pattern) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher matcher = pattern.matcher(line.strip());
            if (matcher.matches()) {
                return matcher.group(1);
            }
        }
        throw new AssertionError("it never said " + pattern + ", but: " + errors());
    }

    /** Where it listens, by the first link that it prints. */
    InetSocketAddress awaitAddress() throws IOException {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(await(PORT)));
    }

    /** The rest of what it prints, until it ends. */
    String rest() {
        return out.lines().collect(Collectors.joining("\n"));
    }

    /** What it has said on standard error so far. */
    String errors() throws IOException {
        return Files.readString(errors);
    }

    /** Sends SIGTERM. What it prints afterwards can still be read, which {@link Process#destroy} does not permit. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Waits for its end; returns its exit code. */
    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        out.close();
        Files.delete(errors);
    }
}
