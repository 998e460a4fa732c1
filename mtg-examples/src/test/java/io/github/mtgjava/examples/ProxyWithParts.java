package io.github.mtgjava.examples;

import io.github.mtgjava.MtProxy;
import io.github.mtgjava.MtProxyBuilder;
import io.github.mtgjava.Secret;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeTelegram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.UnaryOperator;

/** A proxy on a free port, in front of a fake DC, with the example part that a test is about. */
final class ProxyWithParts implements AutoCloseable {

    private final Secret secret = Secret.parse("dd00112233445566778899aabbccddeeff");
    private final FakeTelegram telegram = FakeTelegram.start();
    private final MtProxy proxy;

    ProxyWithParts(UnaryOperator<MtProxyBuilder> parts) throws IOException {
        proxy = parts.apply(MtProxy.builder()
                        .secret(secret)
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .maxConnections(100)
                        .telegramDirectory(dc -> List.of(telegram.address())))
                .build();
        proxy.start();
    }

    ClientOptions client() {
        return ClientOptions.secured(proxy.address(), secret.key());
    }

    @Override
    public void close() {
        proxy.close();
        telegram.close();
    }
}
