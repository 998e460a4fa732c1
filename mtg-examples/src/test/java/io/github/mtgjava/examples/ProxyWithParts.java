package io.github.mtgjava.examples;

import io.github.mtgjava.MtProxy;
import io.github.mtgjava.MtProxyBuilder;
import io.github.mtgjava.Secret;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeTelegram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.UnaryOperator;

/** A proxy on a free port, in front of a fake DC, with the example part that a test is about. */
final class ProxyWithParts implements AutoCloseable {

    static final String SECURED = "dd00112233445566778899aabbccddeeff";
    /** Cloaks {@code origin.test}. */
    static final String TLS = "ee00112233445566778899aabbccddeeff6f726967696e2e74657374";

    private final Secret secret;
    private final FakeTelegram telegram = FakeTelegram.start();
    private final MtProxy proxy;

    ProxyWithParts(UnaryOperator<MtProxyBuilder> parts) throws IOException {
        this(SECURED, parts);
    }

    ProxyWithParts(String secretText, UnaryOperator<MtProxyBuilder> parts) throws IOException {
        secret = Secret.parse(secretText);
        proxy = parts.apply(MtProxy.builder()
                        .secret(secret)
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .maxConnections(100)
                        .hostResolver(host -> {
                            throw new UnknownHostException(host);
                        })
                        .telegramDirectory(dc -> List.of(telegram.address())))
                .build();
        proxy.start();
    }

    InetSocketAddress address() {
        return proxy.address();
    }

    /** With the right secret. */
    ClientOptions client() {
        return secret.host()
                .map(host -> ClientOptions.tls(proxy.address(), secret.key(), host))
                .orElseGet(() -> ClientOptions.secured(proxy.address(), secret.key()));
    }

    /** Sends a frame of zeros, which no secret makes sense of, and closes. */
    void visitStrangely() throws IOException {
        try (Socket socket = client().openSocket()) {
            socket.getOutputStream().write(new byte[64]);
        }
    }

    @Override
    public void close() {
        proxy.close();
        telegram.close();
    }
}
