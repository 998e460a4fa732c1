package io.github.mtgjava.examples.load;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The options of a command line. Whatever is wrong with them is an {@link IllegalArgumentException} to be shown. */
final class Arguments {

    private final Map<String, String> values = new HashMap<>();

    /**
     * Reads {@code --name value} and {@code --flag}.
     *
     * @param from the first argument to read
     */
    Arguments(String[] args, int from, Set<String> names, Set<String> flags) {
        for (int i = from; i < args.length; i++) {
            String name = args[i].startsWith("--") ? args[i].substring(2) : "";
            if (flags.contains(name)) {
                values.put(name, "");
            } else if (!names.contains(name)) {
                throw new IllegalArgumentException("unknown option " + args[i]);
            } else if (++i == args.length) {
                throw new IllegalArgumentException("--" + name + " needs a value");
            } else {
                values.put(name, args[i]);
            }
        }
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    String required(String name) {
        return text(name).orElseThrow(() -> new IllegalArgumentException("--" + name + " is missing"));
    }

    /** A number within bounds; k, M and G at its end stand for powers of ten. */
    long number(String name, long otherwise, long lowest, long highest) {
        long number = text(name).map(text -> parse(name, text)).orElse(otherwise);
        if (number < lowest || number > highest) {
            throw new IllegalArgumentException(
                    "--" + name + ": " + number + " is not between " + lowest + " and " + highest);
        }
        return number;
    }

    private static long parse(String name, String text) {
        String digits = text;
        long unit = 1;
        if (!text.isEmpty() && "kMG".indexOf(text.charAt(text.length() - 1)) >= 0) {
            digits = text.substring(0, text.length() - 1);
            unit = text.endsWith("k") ? 1_000 : text.endsWith("M") ? 1_000_000 : 1_000_000_000;
        }
        try {
            return Math.multiplyExact(Long.parseLong(digits), unit);
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException("--" + name + ": not a number: " + text, e);
        }
    }

    /** {@code host:port}; the host may be an IPv6 address in brackets. */
    InetSocketAddress address(String name) {
        String text = required(name);
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("--" + name + ": not host:port: " + text);
        }
        long port = parse(name, text.substring(colon + 1));
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("--" + name + ": not a port: " + port);
        }
        InetSocketAddress address = new InetSocketAddress(text.substring(0, colon), (int) port);
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("--" + name + ": the host is unknown");
        }
        return address;
    }
}
