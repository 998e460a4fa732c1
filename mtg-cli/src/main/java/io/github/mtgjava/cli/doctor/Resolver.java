package io.github.mtgjava.cli.doctor;

import io.github.mtgjava.cli.IpLiteral;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;

/** Tells the addresses of a host; blocks. */
@FunctionalInterface
interface Resolver {

    /** At least one address, in the order of preference of whom was asked. */
    List<InetAddress> lookUp(String host) throws UnknownHostException;

    /** The system's resolver, except for the hosts of these entries. */
    static Resolver with(List<Entry> entries) {
        Map<String, List<InetAddress>> known = entries.stream()
                .collect(Collectors.groupingBy(
                        Entry::host, Collectors.mapping(Entry::address, Collectors.toUnmodifiableList())));
        return host -> {
            List<InetAddress> given = known.get(host.toLowerCase(Locale.ROOT));
            return given != null ? given : Arrays.asList(InetAddress.getAllByName(host));
        };
    }

    /**
     * What {@code --resolve HOST=ADDRESS} says.
     *
     * @param host in lower case
     */
    record Entry(String host, InetAddress address) {

        /** Reads it. */
        static final class Converter implements ITypeConverter<Entry> {

            @Override
            public Entry convert(String text) {
                int equals = text.indexOf('=');
                Optional<InetAddress> address =
                        IpLiteral.parse(text.substring(equals + 1).replaceAll("[\\[\\]]", ""));
                if (equals <= 0 || address.isEmpty()) {
                    throw new IllegalArgumentException("expected HOST=ADDRESS such as www.example.com=203.0.113.5");
                }
                return new Entry(text.substring(0, equals).toLowerCase(Locale.ROOT), address.get());
            }
        }
    }
}
