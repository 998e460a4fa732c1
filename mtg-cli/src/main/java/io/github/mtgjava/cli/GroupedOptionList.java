package io.github.mtgjava.cli;

import io.github.mtgjava.cli.doctor.DoctorOptions;
import io.github.mtgjava.cli.doctor.ExaminationOptions;
import io.github.mtgjava.cli.stats.StatisticsOptions;
import java.lang.reflect.Field;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Lists the options of a command in the help under headings, by the class that declares them. */
final class GroupedOptionList {

    private static final List<Group> GROUPS = List.of(
            new Group("Essentials", EssentialOptions.class),
            new Group("Network", NetworkOptions.class),
            new Group("Promoted channel", AdTagOptions.class),
            new Group("Statistics", StatisticsOptions.class),
            new Group("Defence", DefenceOptions.class),
            new Group("The proxy, as 'run' is told", DoctorOptions.class),
            new Group("Examination", ExaminationOptions.class));

    private record Group(String heading, Class<?> declaring) {

        boolean has(OptionSpec option) {
            return option.userObject() instanceof Field field && field.getDeclaringClass() == declaring;
        }
    }

    private GroupedOptionList() {}

    /** Replaces the plain list of a command's help. */
    static void installIn(CommandLine command) {
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING, help -> "");
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, GroupedOptionList::render);
    }

    private static String render(Help help) {
        List<OptionSpec> shown = help.commandSpec().options().stream()
                .filter(option -> !option.hidden())
                .toList();
        StringBuilder text = new StringBuilder();
        for (Group group : GROUPS) {
            append(
                    text,
                    help,
                    group.heading(),
                    shown.stream().filter(group::has).toList());
        }
        append(
                text,
                help,
                "Help",
                shown.stream()
                        .filter(option -> GROUPS.stream().noneMatch(group -> group.has(option)))
                        .toList());
        return text.toString();
    }

    private static void append(StringBuilder text, Help help, String heading, List<OptionSpec> options) {
        if (options.isEmpty()) {
            return;
        }
        Help.Layout layout = help.createDefaultLayout(options, List.of(), help.colorScheme());
        layout.addOptions(options, help.parameterLabelRenderer());
        text.append(String.format("%n%s:%n", heading)).append(layout);
    }
}
