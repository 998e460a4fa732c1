package io.github.mtgjava.endtoend;

import static org.junit.jupiter.api.Assumptions.abort;

import io.github.mtgjava.IpFamily;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** 127.0.0.1 and ::1; where a machine has no IPv6 the test that asks for it is skipped. */
final class Loopback {

    private Loopback() {}

    static InetAddress of(IpFamily family) throws IOException {
        return switch (family) {
            case IPV4 -> InetAddress.getByName("127.0.0.1");
            case IPV6 -> ipv6();
        };
    }

    /** An address to listen on. */
    static InetSocketAddress anyPort(IpFamily family) throws IOException {
        return new InetSocketAddress(of(family), 0);
    }

    private static InetAddress ipv6() throws IOException {
        InetAddress address = InetAddress.getByName("::1");
        try (ServerSocket possible = new ServerSocket(0, 1, address)) {
            return possible.getInetAddress();
        } catch (IOException noIpv6) {
            return abort("no IPv6 here: " + noIpv6);
        }
    }
}
