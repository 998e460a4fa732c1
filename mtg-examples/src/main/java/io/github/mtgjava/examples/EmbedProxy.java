package io.github.mtgjava.examples;

import io.github.mtgjava.MtProxy;
import io.github.mtgjava.Secret;
import java.net.InetSocketAddress;

/**
 * A whole proxy. Prints its links and runs until the process is ended.
 *
 * <p>Arguments: the secret (or the environment variable {@code MTG_SECRET}), and the port, 3128 by default.
 */
public final class EmbedProxy {

    private EmbedProxy() {}

    /** Runs until the process is ended. */
    public static void main(String[] args) throws InterruptedException {
        String secret = args.length > 0 ? args[0] : System.getenv().getOrDefault("MTG_SECRET", "");
        int port = args.length > 1 ? Integer.parseInt(args[1]) : 3128;

        MtProxy proxy = MtProxy.builder()
                .secret(Secret.parse(secret))
                .bind(new InetSocketAddress("0.0.0.0", port))
                .build();
        Runtime.getRuntime().addShutdownHook(new Thread(proxy::close));
        proxy.start();
        System.out.print(proxy.links().toJson());
        Thread.currentThread().join();
    }
}
