package io.github.mtgjava.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Options of mtg that this version knows but cannot serve: those about ad tags. Somebody who sets them relies on them, so
 * they are refused, not ignored.
 */
final class LaterOptions {

    private static final String AD_TAG_LABEL = "<adtag>";

    private static final List<Later> OPTIONS = List.of(
            new Later("MTG_MULTIPLEX_PERCONNECTION", List.of("--multiplex-per-connection")),
            new Later("MTG_PROXY_SECRET_URL", List.of("--proxy-secret-url")),
            new Later("MTG_PROXY_CONFIG_URL", List.of("--proxy-config-url")),
            new Later("MTG_PROXY_CONFIG_V6_URL", List.of("--proxy-config-v6-url")));

    /** Variables that have no option. */
    private static final List<String> VARIABLES = List.of("MTG_ADTAG");

    private record Later(String variable, List<String> names) {

        String option() {
            return names.get(0);
        }
    }

    private LaterOptions() {}

    /** Makes a command recognise them, hidden from its help. */
    static void addTo(CommandSpec run) {
        for (Later later : OPTIONS) {
            run.addOption(OptionSpec.builder(later.names().toArray(new String[0]))
                    .type(List.class)
                    .auxiliaryTypes(String.class)
                    .arity("1")
                    .hidden(true)
                    .build());
        }
        run.addPositional(PositionalParamSpec.builder()
                .index("1")
                .arity("0..1")
                .type(String.class)
                .paramLabel(AD_TAG_LABEL)
                .hidden(true)
                .build());
    }

    /** Throws if one of them was given, on the command line or by the environment. */
    static void refuse(CommandLine command, ParseResult parsed, Environment environment) {
        if (parsed.hasMatchedPositional(1)) {
            throw refusal(command, "the ad tag", "leave it out");
        }
        for (Later later : OPTIONS) {
            if (parsed.hasMatchedOption(later.option())) {
                throw refusal(command, later.option(), "leave it out");
            }
        }
        Optional<String> variable = Stream.concat(OPTIONS.stream().map(Later::variable), VARIABLES.stream())
                .filter(name -> environment.get(name).isPresent())
                .findFirst();
        if (variable.isPresent()) {
            throw refusal(command, "the variable " + variable.get(), "unset it");
        }
    }

    private static ParameterException refusal(CommandLine command, String what, String advice) {
        return new ParameterException(command, what + ": this version has no ad tags yet; " + advice);
    }
}
