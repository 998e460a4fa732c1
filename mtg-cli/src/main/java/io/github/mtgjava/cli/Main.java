package io.github.mtgjava.cli;

/** Where the process starts. */
final class Main {

    private Main() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] args) {
        int code = MtgCommand.create(Environment.system(), System.in).execute(args);
        LogSetup.flush();
        System.exit(code);
    }
}
