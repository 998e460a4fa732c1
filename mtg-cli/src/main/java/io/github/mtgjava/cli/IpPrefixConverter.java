package io.github.mtgjava.cli;

import io.github.mtgjava.IpPrefix;
import picocli.CommandLine.ITypeConverter;

/** Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32} or a single address. */
public final class IpPrefixConverter implements ITypeConverter<IpPrefix> {

    @Override
    public IpPrefix convert(String text) {
        return IpPrefix.parse(text.strip());
    }
}
