/** Short programs that embed the proxy, and a load program. They see no more than any user of the libraries. */
@SuppressWarnings("requires-automatic") // micrometer, HdrHistogram and Lettuce are no modules yet
module io.github.mtgjava.examples {
    requires io.github.mtgjava.core;
    requires io.github.mtgjava.transport; // FakeTlsProbe, which uses the codecs alone
    requires io.github.mtgjava.crypto;
    requires org.slf4j;
    requires jdk.httpserver;
    requires HdrHistogram;
    requires micrometer.core;
    requires micrometer.registry.prometheus;
    requires lettuce.core;
    requires io.netty.transport;
    requires io.netty.common;
    requires static org.jspecify;
}
