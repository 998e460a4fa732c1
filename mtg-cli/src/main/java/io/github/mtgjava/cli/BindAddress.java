package io.github.mtgjava.cli;

import java.net.InetSocketAddress;
import picocli.CommandLine.ITypeConverter;

/** Reads where to listen: {@code host:port}, {@code [v6]:port}, and {@code :port} for every IPv4 address. */
public final class BindAddress implements ITypeConverter<InetSocketAddress> {

    private static final String ANY = "0.0.0.0";

    /** Needs nothing. */
    public BindAddress() {}

    @Override
    public InetSocketAddress convert(String text) {
        HostPort typed = HostPort.parse(text);
        if (typed.port() == HostPort.NO_PORT) {
            throw new IllegalArgumentException("the port is missing in '" + text + "'");
        }
        String host = typed.host().isEmpty() ? ANY : typed.host();
        return new HostPort(host, typed.port()).lookedUp().get(0);
    }
}
