package io.github.mtgjava.cli.doctor;

import io.github.mtgjava.transport.proxyprotocol.ProxyHeader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A handshake by the JDK, as strict as HTTPS is: the chain is verified, and that it is for this host. */
final class CertificateHandshake implements CloakCheck.Handshake {

    private final SSLContext trust;
    private final int limitMillis;
    private final boolean expectsProxyHeader;

    CertificateHandshake(SSLContext trust, Duration limit, boolean expectsProxyHeader) {
        this.trust = trust;
        this.expectsProxyHeader = expectsProxyHeader;
        this.limitMillis = (int) Math.min(limit.toMillis(), Integer.MAX_VALUE);
    }

    @Override
    public void perform(InetSocketAddress address, String host) throws IOException {
        try (Socket plain = new Socket()) {
            plain.connect(address, limitMillis);
            plain.setSoTimeout(limitMillis);
            if (expectsProxyHeader) {
                plain.getOutputStream().write(ProxyHeader.local());
            }
            // Told the host's name, the factory also sends it as SNI.
            try (SSLSocket socket =
                    (SSLSocket) trust.getSocketFactory().createSocket(plain, host, address.getPort(), true)) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                socket.startHandshake();
            }
        }
    }
}
