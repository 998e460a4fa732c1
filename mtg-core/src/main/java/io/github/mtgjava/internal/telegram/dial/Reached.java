package io.github.mtgjava.internal.telegram.dial;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a connection leads to.
 *
 * @param address of Telegram
 * @param outside where a SOCKS5 server says it connects from, 0.0.0.0 and port 0 if it does not tell; null for a connection
 *     of our own
 */
public record Reached(InetSocketAddress address, @Nullable InetSocketAddress outside) {}
