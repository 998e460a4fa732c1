package io.github.mtgjava.cli;

import io.github.mtgjava.AccessLists;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Opens the lists that options name. */
final class Lists {

    private Lists() {}

    /**
     * Loads them, and keeps them fresh.
     *
     * @throws io.github.mtgjava.MtProxyException if there is nothing to be had of an allow list
     */
    static AccessLists open(CommandSpec run, DefenceOptions options, CacheDir cacheDir) {
        AccessLists.Builder builder = AccessLists.builder();
        for (ListLocation list : all(run, "--blocklist", options.blockLists)) {
            list.file().ifPresent(builder::block);
            list.url().ifPresent(builder::block);
        }
        for (ListLocation list : all(run, "--allowlist", options.allowLists)) {
            list.file().ifPresent(builder::allow);
            list.url().ifPresent(builder::allow);
        }
        cacheDir.path().ifPresent(builder::cacheDirectory);
        if (options.listRefresh != null) {
            try {
                builder.refreshInterval(options.listRefresh);
            } catch (IllegalArgumentException e) {
                String reason = String.valueOf(e.getMessage()).replaceFirst("^refreshInterval: ", "");
                throw new ParameterException(run.commandLine(), reason, run.findOption("--list-refresh"), null);
            }
        }
        return builder.open();
    }

    /** Whether there is anything to load. */
    static boolean areGiven(DefenceOptions options) {
        return options.blockLists != null || options.allowLists != null;
    }

    /** Nothing but commas, of variables that are not set perhaps, must not let everybody in. */
    private static List<ListLocation> all(CommandSpec run, String option, @Nullable List<ListLocation> given) {
        if (given != null && given.isEmpty()) {
            throw new ParameterException(run.commandLine(), ListLocation.EXPECTED, run.findOption(option), null);
        }
        return Objects.requireNonNullElse(given, List.of());
    }
}
