package io.github.mtgjava.cli;

/** What the process ends with. */
public final class ExitCodes {

    /** Did what was asked, or was stopped by a signal. */
    public static final int OK = 0;
    /** The proxy could not be started, or what was asked for could not be printed. */
    static final int CANNOT_START = 1;
    /** The command line, the environment or a file they name makes no sense. */
    public static final int USAGE = 2;

    private ExitCodes() {}
}
