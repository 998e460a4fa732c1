package io.github.mtgjava.internal.telegram.dial;

import io.github.mtgjava.internal.dns.IpAddresses;
import io.github.mtgjava.transport.nio.Opening;
import io.github.mtgjava.transport.socks5.BoundAddress;
import io.github.mtgjava.transport.socks5.Credentials;
import io.github.mtgjava.transport.socks5.Socks5Fault;
import io.github.mtgjava.transport.socks5.Socks5Handshake;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Asking a SOCKS5 server, once, for a connection to an address. */
final class SocksOpening implements Opening {

    private static final InetAddress UNTOLD = IpAddresses.of(new byte[4]);

    private final Socks5Handshake handshake;

    SocksOpening(InetSocketAddress target, @Nullable Credentials credentials) {
        handshake = new Socks5Handshake(target.getAddress().getAddress(), target.getPort(), credentials);
    }

    @Override
    public ByteBuffer output() {
        return handshake.output();
    }

    @Override
    public int missing() {
        return handshake.missing();
    }

    @Override
    public Status read(ByteBuffer in) {
        return switch (handshake.read(in)) {
            case NEED_INPUT -> Status.NEED_INPUT;
            case WRITE -> Status.WRITE;
            case CONNECTED -> Status.DONE;
            case REJECTED -> Status.FAILED;
        };
    }

    @Override
    public String error() {
        return "SOCKS5: " + explain(handshake.fault());
    }

    /** Whether the server has got as far as trying: what goes wrong then may be the target's fault. */
    boolean isPastLogin() {
        return handshake.hasAsked();
    }

    /** Where the connection comes from, says the server; 0.0.0.0 if it says a name or nothing. */
    InetSocketAddress outside() {
        BoundAddress bound = handshake.bound();
        return new InetSocketAddress(bound.isName() ? UNTOLD : IpAddresses.of(bound.address()), bound.port());
    }

    private static String explain(Socks5Fault fault) {
        return switch (fault) {
            case NOT_SOCKS5 -> "what answers there speaks something else";
            case NO_ACCEPTABLE_METHOD -> "the server wants another way to log in, perhaps user and password";
            case LOGIN_REFUSED -> "the server refuses user and password";
            case GENERAL_FAILURE -> "the server failed";
            case NOT_ALLOWED -> "the server's rules forbid it";
            case NETWORK_UNREACHABLE -> "network unreachable from the server";
            case HOST_UNREACHABLE -> "host unreachable from the server";
            case CONNECTION_REFUSED -> "connection refused";
            case TTL_EXPIRED -> "no answer to the server";
            case COMMAND_NOT_SUPPORTED -> "the server connects nobody";
            case ADDRESS_TYPE_NOT_SUPPORTED -> "the server does not know such addresses";
            case UNKNOWN_REPLY -> "the server answers with an unknown code";
        };
    }
}
