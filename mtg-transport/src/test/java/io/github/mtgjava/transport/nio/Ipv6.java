package io.github.mtgjava.transport.nio;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;

/** The IPv6 loopback address, for machines that have one: elsewhere the test that asks for it is skipped. */
final class Ipv6 {
    private Ipv6() {}

    static InetAddress loopback() throws IOException {
        return InetAddress.getByName("::1");
    }

    /** Listens on an ephemeral port of ::1. */
    static ServerSocketChannel listen() throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        try {
            return listener.bind(new InetSocketAddress(loopback(), 0));
        } catch (IOException | RuntimeException noIpv6) {
            listener.close();
            return abort("no IPv6 here: " + noIpv6);
        }
    }
}
