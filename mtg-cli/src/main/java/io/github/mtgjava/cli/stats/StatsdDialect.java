package io.github.mtgjava.cli.stats;

import io.micrometer.core.instrument.Tag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a gauge and its tags are written on the wire. */
public enum StatsdDialect {
    /** {@code name.value.value:1|g}: plain statsd has no tags, so the values go into the name. */
    VANILLA {
        @Override
        Shape shape(String name, List<Tag> own, List<Tag> given) {
            String path = Stream.concat(Stream.of(name), own.stream().map(tag -> clean(tag.getValue())))
                    .collect(Collectors.joining("."));
            return new Shape(path + ":", "|g");
        }
    },
    /** {@code name,key=value,key=value:1|g}. */
    INFLUXDB {
        @Override
        Shape shape(String name, List<Tag> own, List<Tag> given) {
            return new Shape(name + joined(own, given, ",", "=", ",") + ":", "|g");
        }
    },
    /** {@code name:1|g|#key:value,key:value}. */
    DATADOG {
        @Override
        Shape shape(String name, List<Tag> own, List<Tag> given) {
            return new Shape(name + ":", "|g" + joined(own, given, "|#", ":", ","));
        }
    };

    /** What a gauge's line begins and ends with; the value stands between. */
    record Shape(String head, String tail) {}

    /** By which names the tags of a meter are ordered; others follow, and the protocol comes last. */
    private static final List<String> ORDER = List.of("type", "dc", "direction", "outcome", "reason");

    private static final Comparator<Tag> TAGS =
            Comparator.<Tag>comparingInt(StatsdDialect::rank).thenComparing(Tag::getKey);

    private static final Pattern UNSAFE = Pattern.compile("[\\s:|@#,=]");

    /**
     * The shape of a gauge's lines.
     *
     * @param name of the gauge, with its prefix
     * @param own the gauge's tags, in any order
     * @param given the operator's, which stand behind them; where there are no tags they are left out
     */
    abstract Shape shape(String name, List<Tag> own, List<Tag> given);

    Shape shapeOf(String name, List<Tag> own, List<Tag> given) {
        List<Tag> ordered = new ArrayList<>(own);
        ordered.sort(TAGS);
        return shape(clean(name), ordered, given);
    }

    private static int rank(Tag tag) {
        int known = ORDER.indexOf(tag.getKey());
        if (known >= 0) {
            return known;
        }
        return tag.getKey().equals("protocol") ? ORDER.size() + 1 : ORDER.size();
    }

    private static String joined(List<Tag> own, List<Tag> given, String before, String equals, String between) {
        String all = Stream.concat(own.stream(), given.stream())
                .map(tag -> clean(tag.getKey()) + equals + clean(tag.getValue()))
                .collect(Collectors.joining(between));
        return all.isEmpty() ? "" : before + all;
    }

    /** Nothing that means something on the wire may come out of a name or a value. */
    private static String clean(String text) {
        return UNSAFE.matcher(text).replaceAll("_");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
