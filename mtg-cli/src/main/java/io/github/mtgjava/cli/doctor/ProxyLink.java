package io.github.mtgjava.cli.doctor;

import io.github.mtgjava.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/**
 * What a link to a proxy says.
 *
 * @param server a name or an IP address, without brackets
 * @param port 1 to 65535
 */
record ProxyLink(String server, int port, Secret secret) {

    private static final Pattern SHAPE = Pattern.compile("(?i:tg:(?://)?proxy/?"
            + "|(?:https?://)?(?:www\\.)?(?:t\\.me|telegram\\.me|telegram\\.dog)/proxy/?)\\?([^#]*)(?:#.*)?");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final Pattern SERVER = Pattern.compile("[^\\s/?#@\\[\\]]{1,255}");
    private static final int MAX_PORT = 65_535;

    /** Reads it. */
    static final class Converter implements ITypeConverter<ProxyLink> {

        @Override
        public ProxyLink convert(String text) {
            return parse(text);
        }
    }

    /**
     * Reads {@code tg://proxy?…} and {@code https://t.me/proxy?…}; the parameters in any order, others are ignored.
     *
     * @throws IllegalArgumentException if it is none; the message does not repeat it
     */
    static ProxyLink parse(String text) {
        Matcher matcher = SHAPE.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "expected tg://proxy?server=…&port=…&secret=… or https://t.me/proxy?…, in quotes for the shell");
        }
        Map<String, String> parameters = parameters(matcher.group(1));
        String server = required(parameters, "server").replaceAll("^\\[(.*)]$", "$1");
        if (!SERVER.matcher(server).matches()) {
            throw new IllegalArgumentException("the server in the link is neither a host name nor an IP address");
        }
        String port = required(parameters, "port");
        if (!PORT.matcher(port).matches() || Integer.parseInt(port) < 1 || Integer.parseInt(port) > MAX_PORT) {
            throw new IllegalArgumentException("the port in the link is not between 1 and " + MAX_PORT);
        }
        return new ProxyLink(server, Integer.parseInt(port), Secret.parse(required(parameters, "secret")));
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals < 0) {
                continue;
            }
            String name = parameter.substring(0, equals);
            if (parameters.put(name, decoded(parameter.substring(equals + 1))) != null) {
                throw new IllegalArgumentException("the link says something twice");
            }
        }
        return parameters;
    }

    /** A plus stays one: it is a digit of base64, and nothing in such a link has blanks. */
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            // Its message would show the value.
            throw new IllegalArgumentException("there is a percent sign in the link that stands for nothing");
        }
    }

    private static String required(Map<String, String> parameters, String name) {
        String value = parameters.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("the " + name + " is missing in the link");
        }
        return value;
    }
}
