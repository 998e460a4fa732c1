package io.github.mtgjava.cli.doctor;

import io.github.mtgjava.AdTag;
import picocli.CommandLine.ITypeConverter;

/** Reads an ad tag. What is wrong with it is said without showing it. */
final class AdTagConverter implements ITypeConverter<AdTag> {

    @Override
    public AdTag convert(String text) {
        return AdTag.parse(text);
    }
}
