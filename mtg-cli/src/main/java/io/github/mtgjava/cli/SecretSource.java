package io.github.mtgjava.cli;

import io.github.mtgjava.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Finds the secret of a command: the parameter, a file, or the environment. Messages never show it. */
public final class SecretSource {

    private static final String STANDARD_INPUT = "-";
    private static final String VARIABLE = "MTG_SECRET";
    /** Far above the longest secret: 199 bytes in hex. */
    private static final int MAX_LINE_BYTES = 4096;

    private final Environment environment;
    private final InputStream input;

    /** Looks in the environment, and reads standard input if the parameter is a dash. */
    public SecretSource(Environment environment, InputStream input) {
        this.environment = environment;
        this.input = input;
    }

    /** The secret of a command; what is wrong with it is wrong usage. May wait for standard input. */
    public Secret read(CommandSpec command, @Nullable String parameter, @Nullable Path file) {
        try {
            return read(parameter, file);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    /**
     * The secret; may wait for standard input.
     *
     * @throws IllegalArgumentException if there is none, or it is malformed, or two were given
     */
    public Secret read(@Nullable String parameter, @Nullable Path file) {
        if (parameter != null && file != null) {
            throw new IllegalArgumentException("give the secret either as parameter or by --secret-file, not both");
        }
        if (file != null) {
            return fromFile(file);
        }
        if (parameter == null) {
            return Secret.parse(environment
                    .get(VARIABLE)
                    .orElseThrow(() -> new IllegalArgumentException("the secret is missing: give it as parameter, by "
                            + "--secret-file or " + VARIABLE + "; 'mtg-cli generate-secret tls' makes one")));
        }
        return parameter.equals(STANDARD_INPUT) ? fromStandardInput() : Secret.parse(parameter);
    }

    private Secret fromStandardInput() {
        try {
            return Secret.parse(firstLine(input));
        } catch (IOException e) {
            throw new IllegalArgumentException("the secret cannot be read from standard input", e);
        }
    }

    private static Secret fromFile(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            return Secret.parse(firstLine(content));
        } catch (IOException e) {
            throw new IllegalArgumentException("--secret-file: the file cannot be read: " + file, e);
        }
    }

    /** Byte by byte, so that nothing after the line is taken away and no end of file is waited for. */
    private static String firstLine(InputStream from) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = from.read(); next >= 0 && next != '\n'; next = from.read()) {
            if (line.size() == MAX_LINE_BYTES) {
                throw new IllegalArgumentException("the line with the secret is longer than any secret");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
