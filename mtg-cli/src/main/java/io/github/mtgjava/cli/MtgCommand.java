package io.github.mtgjava.cli;

import io.github.mtgjava.cli.doctor.DoctorCommand;
import java.io.InputStream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;

/** The command without a subcommand: it only knows about itself. */
@Command(
        name = "mtg-cli",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        header = "An MTProto proxy for Telegram.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, or stopped by a signal",
            "1:the proxy could not start, or the doctor found a fault",
            "2:wrong usage"
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  mtg-cli run $(mtg-cli generate-secret tls)",
            "",
            "'mtg-cli help run' tells all that 'run' can be told."
        })
final class MtgCommand implements Runnable {

    private static final int HELP_WIDTH = 100;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /**
     * The whole command line, ready to execute.
     *
     * @param environment where options look when they are not given
     * @param input where {@code run -} and {@code doctor -} read the secret
     */
    static CommandLine create(Environment environment, InputStream input) {
        EnvironmentDefaults defaults = new EnvironmentDefaults(environment);
        CommandLine run = new CommandLine(new RunCommand(environment, input));
        run.setDefaultValueProvider(defaults);
        GroupedOptionList.installIn(run);
        CommandLine doctor = new CommandLine(new DoctorCommand(environment, input));
        doctor.setDefaultValueProvider(defaults);
        GroupedOptionList.installIn(doctor);

        CommandLine access = new CommandLine(new AccessCommand(environment, input));
        access.setDefaultValueProvider(defaults);

        CommandLine completion = new CommandLine(new AutoComplete.GenerateCompletion());
        completion.getCommandSpec().usageMessage().hidden(false);

        Errors errors = new Errors(environment);
        return new CommandLine(new MtgCommand())
                .addSubcommand("run", run)
                .addSubcommand("doctor", doctor)
                .addSubcommand("generate-secret", new GenerateSecretCommand())
                .addSubcommand("access", access)
                .addSubcommand("generate-completion", completion)
                .addSubcommand("help", new HelpCommand())
                .setExpandAtFiles(false)
                .setUsageHelpWidth(HELP_WIDTH)
                .setExecutionStrategy(parsed -> execute(parsed, defaults))
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors);
    }

    private static int execute(ParseResult parsed, EnvironmentDefaults defaults) {
        // Who asks for help gets it, whatever the environment has.
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        defaults.applyFlags(parsed);
        return new RunLast().execute(parsed);
    }

    /** Without a subcommand there is nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing: run, doctor, generate-secret, access, generate-completion or help");
    }
}
