package io.github.mtgjava.internal.telegram.bootstrap;

import io.github.mtgjava.transport.middleproxy.ProxyList;
import io.github.mtgjava.transport.middleproxy.ProxySecret;

/**
 * What links need, as it is at one moment. Immutable.
 *
 * @param ipv4 middle proxies with IPv4 addresses; perhaps empty
 * @param ipv6 middle proxies with IPv6 addresses; perhaps empty, but not both
 */
public record MiddleProxyData(ProxySecret secret, ProxyList ipv4, ProxyList ipv6) {}
