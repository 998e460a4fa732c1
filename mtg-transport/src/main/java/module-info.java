/**
 * Codecs of the proxy protocol, and an event loop that knows none of them. Made for mtg-core and not covered by semantic
 * versioning, nor is the test kit in its {@code tests} jar: anything here may change with every version.
 */
module io.github.mtgjava.transport {
    requires transitive io.github.mtgjava.crypto;
    requires org.slf4j;
    requires jdk.net;
    requires static org.jspecify;

    exports io.github.mtgjava.transport.obfuscated2;
    exports io.github.mtgjava.transport.faketls;
    exports io.github.mtgjava.transport.framing;
    exports io.github.mtgjava.transport.middleproxy;
    exports io.github.mtgjava.transport.proxyprotocol;
    exports io.github.mtgjava.transport.nio;
    exports io.github.mtgjava.transport.socks5;
}
