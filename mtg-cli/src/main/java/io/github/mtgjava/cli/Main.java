package io.github.mtgjava.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Where the process starts. */
final class Main {

    private Main() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] args) {
        // Whatever the locale: a QR code cannot be drawn in ASCII.
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        int code =
                MtgCommand.create(Environment.system(), System.in).setOut(out).execute(args);
        LogSetup.flush();
        System.exit(code);
    }
}
