package io.github.mtgjava.cli;

import io.github.mtgjava.Secret;
import io.github.mtgjava.SecretType;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a new secret in hex and nothing else. */
@Command(
        name = "generate-secret",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        header = "Prints a new random secret.",
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%nParameters:%n",
        footerHeading = "%nExample:%n",
        footer = {"  mtg-cli generate-secret -c www.example.com tls"})
final class GenerateSecretCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "<type>",
            converter = SecretTypeConverter.class,
            description = {
                "simple: for clients of any age; easy to recognise",
                "secured: with padding; harder to recognise",
                "tls: looks like a visit to the cloaked host; take this one"
            })
    @SuppressWarnings("NullAway.Init") // mandatory
    private SecretType type;

    @Option(
            names = {"-c", "--cloak-host"},
            paramLabel = "HOST",
            defaultValue = "storage.googleapis.com",
            description = {"the site that a tls secret makes the proxy look like", "Default ${DEFAULT-VALUE}"})
    @SuppressWarnings("NullAway.Init") // has a default
    private String cloakHost;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        return Output.print(spec, generate().hex() + System.lineSeparator());
    }

    private Secret generate() {
        if (type != SecretType.TLS) {
            return Secret.generate(type);
        }
        try {
            return Secret.generateTls(cloakHost);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), e.getMessage(), spec.findOption("--cloak-host"), cloakHost);
        }
    }
}
