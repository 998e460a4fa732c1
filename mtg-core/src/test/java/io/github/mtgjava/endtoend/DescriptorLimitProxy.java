package io.github.mtgjava.endtoend;

import io.github.mtgjava.MtProxy;
import io.github.mtgjava.Secret;
import io.github.mtgjava.crypto.AesCtr;
import io.github.mtgjava.spi.TelegramDirectory;
import io.github.mtgjava.transport.nio.EventLoop;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.slf4j.Logger;

/** The child of {@link DescriptorLimitIT}: a proxy in a process that may open few files. */
final class DescriptorLimitProxy {

    private DescriptorLimitProxy() {}

    /** Everything the child needs, wherever the build has put it. */
    static String classPath() {
        return Stream.of(
                        DescriptorLimitProxy.class,
                        MtProxy.class,
                        EventLoop.class,
                        AesCtr.class,
                        Logger.class,
                        NullMarked.class)
                .map(DescriptorLimitProxy::location)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static void main(String[] arguments) throws Exception {
        InetSocketAddress telegram =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1]));
        try (MtProxy proxy = MtProxy.builder()
                .secret(Secret.parse(arguments[0]))
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .workers(1)
                .maxConnections(10_000)
                .telegramDirectory(TelegramDirectory.builtIn().withOverrides(Map.of(2, List.of(telegram))))
                .build()) {
            proxy.start();
            System.out.println(proxy.address().getPort());
            awaitDescriptorsUsedUp();
            System.out.println("accept failed");
            // The parent ends this process.
            Thread.currentThread().join();
        }
    }

    private static void awaitDescriptorsUsedUp() {
        Path any = Path.of("/dev/null");
        while (true) {
            try (InputStream descriptor = Files.newInputStream(any)) {
                Thread.onSpinWait();
            } catch (IOException tooManyOpenFiles) {
                return;
            }
        }
    }
}
