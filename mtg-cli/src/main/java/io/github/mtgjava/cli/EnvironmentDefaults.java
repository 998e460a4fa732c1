package io.github.mtgjava.cli;

import java.lang.reflect.Field;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Gives options their values from the variables of {@link FromEnvironment}; the command line wins. */
final class EnvironmentDefaults implements IDefaultValueProvider {

    private final Environment environment;

    EnvironmentDefaults(Environment environment) {
        this.environment = environment;
    }

    /** The variable of an option, if it has one. */
    static Optional<String> variable(ArgSpec option) {
        return option.userObject() instanceof Field field && field.isAnnotationPresent(FromEnvironment.class)
                ? Optional.of(field.getAnnotation(FromEnvironment.class).value())
                : Optional.empty();
    }

    /** The value of an option that takes one. Flags are left to {@link #applyFlags}. */
    @Override
    public @Nullable String defaultValue(ArgSpec option) {
        return isFlag(option)
                ? null
                : variable(option).flatMap(environment::get).orElse(null);
    }

    /**
     * Sets the flags of a command and its subcommands that the command line does not mention. It cannot be done by defaults: a flag on the command line
     * means the opposite of its default, so {@code MTG_DEBUG=true} and {@code -d} would cancel each other.
     */
    void applyFlags(ParseResult parsed) {
        CommandLine command = parsed.commandSpec().commandLine();
        for (OptionSpec option : parsed.commandSpec().options()) {
            if (isFlag(option) && !parsed.hasMatchedOption(option)) {
                variable(option)
                        .ifPresent(name -> environment.get(name).ifPresent(value -> set(option, value, command)));
            }
        }
        parsed.subcommands().forEach(this::applyFlags);
    }

    private static void set(OptionSpec option, String value, CommandLine command) {
        try {
            option.setter().set(parse(value));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, e.getMessage(), option, value);
        } catch (Exception e) {
            throw new IllegalStateException("the field of " + option.longestName() + " cannot be set", e);
        }
    }

    private static boolean parse(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw new IllegalArgumentException("expected true or false, not '" + value + "'");
        };
    }

    private static boolean isFlag(ArgSpec option) {
        return option.arity().max() == 0;
    }
}
