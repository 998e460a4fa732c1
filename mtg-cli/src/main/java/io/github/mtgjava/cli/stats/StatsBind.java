package io.github.mtgjava.cli.stats;

import io.github.mtgjava.cli.BindAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;

/** Where to answer Prometheus, or the word {@code none}; without a host on loopback, as there is no password. */
record StatsBind(Optional<InetSocketAddress> address) {

    /** Reads it. */
    static final class Converter implements ITypeConverter<StatsBind> {

        @Override
        public StatsBind convert(String text) {
            if (text.equals("none")) {
                return new StatsBind(Optional.empty());
            }
            String complete = text.startsWith(":") ? "127.0.0.1" + text : text;
            return new StatsBind(Optional.of(new BindAddress().convert(complete)));
        }
    }
}
