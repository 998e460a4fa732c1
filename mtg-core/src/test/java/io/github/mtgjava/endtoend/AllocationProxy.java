package io.github.mtgjava.endtoend;

import io.github.mtgjava.MtProxy;
import io.github.mtgjava.RecordSizing;
import io.github.mtgjava.Secret;
import io.github.mtgjava.spi.TelegramDirectory;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The child of {@link RelayAllocation}: a proxy whose garbage nobody collects. It tells its heap's size for every line. */
final class AllocationProxy {

    private AllocationProxy() {}

    public static void main(String[] arguments) throws Exception {
        InetSocketAddress telegram =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1]));
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (MtProxy proxy = MtProxy.builder()
                .secret(Secret.parse(arguments[0]))
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .recordSizing(RecordSizing.valueOf(arguments[2]))
                .workers(1)
                .maxConnections(100)
                .hostResolver(host -> {
                    throw new UnknownHostException(host);
                })
                .telegramDirectory(TelegramDirectory.builtIn().withOverrides(Map.of(2, List.of(telegram))))
                .build()) {
            proxy.start();
            System.out.println(proxy.address().getPort());
            while (input.readLine() != null) {
                System.out.println(Runtime.getRuntime().totalMemory()
                        - Runtime.getRuntime().freeMemory());
            }
        }
    }
}
