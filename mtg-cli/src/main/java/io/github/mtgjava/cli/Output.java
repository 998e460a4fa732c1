package io.github.mtgjava.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** Standard output: what a script wants. What it cannot take is an error, as a lost secret or lost links would be. */
public final class Output {

    private Output() {}

    /** Prints, and returns the exit code that this deserves. */
    public static int print(CommandSpec command, String text) {
        PrintWriter out = command.commandLine().getOut();
        out.print(text);
        out.flush();
        if (out.checkError()) {
            command.commandLine().getErr().println("mtg-cli: cannot write to standard output: is the disk full?");
            return ExitCodes.CANNOT_START;
        }
        return ExitCodes.OK;
    }
}
