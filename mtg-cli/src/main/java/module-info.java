import ch.qos.logback.classic.spi.Configurator;
import io.github.mtgjava.cli.LogSetup;

/** The command line of the proxy. Nobody's library: it exports nothing. */
module io.github.mtgjava.cli {
    requires io.github.mtgjava.core;
    requires info.picocli;
    requires org.slf4j;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires static org.jspecify;

    opens io.github.mtgjava.cli to
            info.picocli;

    provides Configurator with
            LogSetup;
}
