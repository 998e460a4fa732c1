import ch.qos.logback.classic.spi.Configurator;
import io.github.mtgjava.cli.LogSetup;

/** The command line of the proxy. Nobody's library: it exports nothing. */
@SuppressWarnings("requires-automatic") // micrometer and zxing are no modules yet
module io.github.mtgjava.cli {
    requires io.github.mtgjava.core;
    requires io.github.mtgjava.transport;
    requires io.github.mtgjava.crypto;
    requires info.picocli;
    requires org.slf4j;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires micrometer.core;
    requires micrometer.registry.prometheus;
    requires micrometer.registry.statsd;
    requires com.google.zxing;
    requires static java.desktop; // for tests, which read pictures
    requires java.net.http;
    requires jdk.httpserver;
    requires jdk.management;
    requires jdk.unsupported;
    requires static org.jspecify;

    opens io.github.mtgjava.cli to
            info.picocli;
    opens io.github.mtgjava.cli.doctor to
            info.picocli;
    opens io.github.mtgjava.cli.stats to
            info.picocli;

    provides Configurator with
            LogSetup;
}
