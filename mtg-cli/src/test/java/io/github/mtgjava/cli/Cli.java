package io.github.mtgjava.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The command line within the test's process, with an environment and a standard input of its own. */
final class Cli {

    private final Map<String, String> environment = new HashMap<>();
    private String input = "";

    /** What a command left behind. */
    record Result(int code, String out, String err) {}

    Cli with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Cli withInput(String text) {
        input = text;
        return this;
    }

    Result execute(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = create().setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
        return new Result(code, out.toString(), err.toString());
    }

    /** The options of {@code run} with the values they have after parsing. */
    CommandSpec parseRun(String... args) {
        List<String> all = new ArrayList<>(List.of("run"));
        all.addAll(List.of(args));
        ParseResult parsed = create().parseArgs(all.toArray(String[]::new)).subcommand();
        CommandSpec run = parsed.commandSpec();
        new EnvironmentDefaults(new Environment(environment)).applyFlags(parsed);
        return run;
    }

    private CommandLine create() {
        return MtgCommand.create(
                new Environment(environment), new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    }
}
