/** Short programs that embed the proxy, and a load program. They see no more than any user of the library. */
module io.github.mtgjava.examples {
    requires io.github.mtgjava.core;
    requires static org.jspecify;
}
