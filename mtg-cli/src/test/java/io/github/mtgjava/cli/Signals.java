package io.github.mtgjava.cli;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;

/** Signals, to processes of tests, as far as they reach them. */
final class Signals {

    static final int SIGHUP = 1;
    static final int SIGINT = 2;

    private Signals() {}

    static void send(String name, Process process) throws IOException, InterruptedException {
        send(name, process.pid());
    }

    static void send(String name, long process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process)).start().waitFor();
    }

    /** A JVM leaves a signal ignored that was ignored when it started, and so do our children. */
    static boolean isIgnored(int number) throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return false;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> new BigInteger(line.substring("SigIgn:".length()).strip(), 16))
                .anyMatch(ignored -> ignored.testBit(number - 1));
    }
}
