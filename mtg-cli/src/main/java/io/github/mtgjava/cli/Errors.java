package io.github.mtgjava.cli;

import io.github.mtgjava.MtProxyException;
import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one or two lines on standard error and an exit code. */
final class Errors implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private final Environment environment;

    Errors(Environment environment) {
        this.environment = environment;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("mtg-cli: " + Redaction.of(usageMessage(e)));
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return ExitCodes.USAGE;
    }

    private String usageMessage(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unmatchedMessage(unmatched.getUnmatched().get(0));
        }
        ArgSpec argument = e.getArgSpec();
        if (argument == null || e instanceof MissingParameterException) {
            return Objects.requireNonNullElse(e.getMessage(), "wrong usage");
        }
        if (!(argument instanceof OptionSpec option)) {
            return argument.paramLabel() + ": " + reason(e);
        }
        String source = EnvironmentDefaults.variable(option)
                .filter(name -> environment
                        .get(name)
                        .filter(v -> v.equals(e.getValue()))
                        .isPresent())
                .map(name -> " (from " + name + ")")
                .orElse("");
        return option.longestName() + source + ": " + reason(e);
    }

    /** What a converter said, without the words that picocli puts around it. */
    private static @Nullable String reason(ParameterException e) {
        Throwable cause = e.getCause();
        return cause instanceof IllegalArgumentException || cause instanceof TypeConversionException
                ? cause.getMessage()
                : e.getMessage();
    }

    /** Does not repeat the argument: it may be a secret in the wrong place. */
    private static String unmatchedMessage(String argument) {
        if (argument.startsWith("--")) {
            return "unknown option " + argument.replaceFirst("=.*", "");
        }
        return argument.startsWith("-") && argument.length() > 1
                ? "unknown option " + argument.substring(0, 2)
                : "there is an argument too many, or the command is unknown";
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) throws Exception {
        if (e instanceof ParameterException usage) {
            return handleParseException(usage, new String[0]);
        }
        boolean expected = e instanceof MtProxyException || e instanceof CommandFailure;
        String message = expected ? e.getMessage() : "unexpected failure, please report it: " + e;
        LoggerFactory.getLogger(Errors.class).debug("could not start", e);
        PrintWriter err = command.getErr();
        err.println("mtg-cli: " + Redaction.of(String.valueOf(message)).replaceAll("\\R", " "));
        err.flush();
        return ExitCodes.CANNOT_START;
    }
}
