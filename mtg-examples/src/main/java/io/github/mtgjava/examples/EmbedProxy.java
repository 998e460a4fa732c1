package io.github.mtgjava.examples;

import io.github.mtgjava.MtProxy;
import io.github.mtgjava.Secret;
import java.net.InetSocketAddress;

/**
 * A whole proxy: prints its links and runs until the process is ended.
 *
 * <pre>mtg-examples/example EmbedProxy [SECRET [PORT]]</pre>
 *
 * <p>The secret may also stand in the environment variable {@code MTG_SECRET}, where {@code ps} does not show it; without
 * any a new one is made, and its links end with the process. The port is 3128 by default, 0 takes any. Links lead to {@code
 * MTG_PUBLIC_HOST}, or to 127.0.0.1, which this machine alone can follow.
 */
public final class EmbedProxy {

    private EmbedProxy() {}

    /** Runs until the process is ended. */
    public static void main(String[] args) throws InterruptedException {
        String fallback = Secret.generateTls("www.example.com").hex();
        String secret = args.length > 0 ? args[0] : System.getenv().getOrDefault("MTG_SECRET", fallback);
        int port = args.length > 1 ? Integer.parseInt(args[1]) : 3128;
        String address = System.getenv().getOrDefault("MTG_PUBLIC_HOST", "127.0.0.1");

        MtProxy proxy = MtProxy.builder()
                .secret(Secret.parse(secret))
                .bind(new InetSocketAddress("0.0.0.0", port))
                .publicIpv4(InetSocketAddress.createUnresolved(address, 0)) // how the world sees this machine
                .build();
        Runtime.getRuntime().addShutdownHook(new Thread(proxy::close));
        proxy.start();
        System.out.print(proxy.links().toJson());
        Thread.currentThread().join();
    }
}
