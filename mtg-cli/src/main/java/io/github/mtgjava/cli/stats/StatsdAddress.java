package io.github.mtgjava.cli.stats;

import io.github.mtgjava.cli.HostPort;
import picocli.CommandLine.ITypeConverter;

/** Reads where statsd is. The host is not looked up: it may come and go while the proxy runs. */
final class StatsdAddress implements ITypeConverter<HostPort> {

    @Override
    public HostPort convert(String text) {
        HostPort address = HostPort.parse(text);
        if (address.host().isEmpty() || address.port() == 0) {
            throw new IllegalArgumentException("expected host or host:port, not '" + text + "'");
        }
        return address;
    }
}
