package io.github.mtgjava.cli;

import io.github.mtgjava.PreferIp;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;

/** Reads {@code prefer-ipv4}, {@code prefer-ipv6}, {@code only-ipv4} and {@code only-ipv6}. */
public final class PreferIpConverter implements ITypeConverter<PreferIp> {

    @Override
    public PreferIp convert(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "prefer-ipv4" -> PreferIp.PREFER_IPV4;
            case "prefer-ipv6" -> PreferIp.PREFER_IPV6;
            case "only-ipv4" -> PreferIp.ONLY_IPV4;
            case "only-ipv6" -> PreferIp.ONLY_IPV6;
            default ->
                throw new IllegalArgumentException(
                        "expected prefer-ipv4, prefer-ipv6, only-ipv4 or only-ipv6, not '" + text + "'");
        };
    }
}
