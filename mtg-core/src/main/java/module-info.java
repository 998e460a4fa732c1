/** An embeddable MTProto proxy for Telegram. */
@SuppressWarnings("requires-automatic") // micrometer is no module yet
module io.github.mtgjava.core {
    requires transitive io.github.mtgjava.transport;
    requires org.slf4j;
    requires java.net.http;
    requires jdk.management;
    requires static micrometer.core;
    requires static org.jspecify;

    exports io.github.mtgjava;
    exports io.github.mtgjava.metrics;
    exports io.github.mtgjava.probe;
    exports io.github.mtgjava.spi;
}
