package io.github.mtgjava.cli;

import io.github.mtgjava.SecretType;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;

/** Reads {@code simple}, {@code secured} and {@code tls}. */
final class SecretTypeConverter implements ITypeConverter<SecretType> {

    @Override
    public SecretType convert(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "simple" -> SecretType.SIMPLE;
            case "secured" -> SecretType.SECURED;
            case "tls" -> SecretType.TLS;
            default -> throw new IllegalArgumentException("the type of a secret is simple, secured or tls");
        };
    }
}
