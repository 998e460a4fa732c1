package io.github.mtgjava.cli;

import java.net.InetSocketAddress;
import picocli.CommandLine.ITypeConverter;

/** Reads {@code host[:port]} of the site to relay to. Names are not looked up: that is done per connection. */
public final class CloakAddress implements ITypeConverter<InetSocketAddress> {

    @Override
    public InetSocketAddress convert(String text) {
        HostPort typed = HostPort.parse(text);
        if (typed.host().isEmpty() || typed.port() == 0) {
            throw new IllegalArgumentException("expected host or host:port, not '" + text + "'");
        }
        return typed.unlooked();
    }
}
