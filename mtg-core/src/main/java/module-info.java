/**
 * An embeddable MTProto proxy for Telegram. What it exports follows semantic versioning: minor releases add methods, constants of
 * enums and, with a default, methods of interfaces; they take nothing away.
 */
@SuppressWarnings({"requires-automatic", "module"}) // micrometer is no module yet, and mtg-cli is compiled later
module io.github.mtgjava.core {
    requires io.github.mtgjava.transport;
    requires io.github.mtgjava.crypto;
    requires org.slf4j;
    requires java.net.http;
    requires jdk.management;
    requires static micrometer.core;
    requires static org.jspecify;

    exports io.github.mtgjava;
    exports io.github.mtgjava.metrics;
    exports io.github.mtgjava.probe;
    exports io.github.mtgjava.spi;
    exports io.github.mtgjava.internal.probe to
            io.github.mtgjava.cli;
}
