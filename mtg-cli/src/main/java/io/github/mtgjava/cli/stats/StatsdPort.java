package io.github.mtgjava.cli.stats;

import picocli.CommandLine.ITypeConverter;

/** Reads a port. */
final class StatsdPort implements ITypeConverter<Integer> {

    private static final int MAX_PORT = 65_535;

    @Override
    public Integer convert(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // said below
        }
        throw new IllegalArgumentException("expected a port between 1 and 65535, not '" + text + "'");
    }
}
