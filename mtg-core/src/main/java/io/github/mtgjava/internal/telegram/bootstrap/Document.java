package io.github.mtgjava.internal.telegram.bootstrap;

import io.github.mtgjava.internal.fetch.Fetchable;
import io.github.mtgjava.transport.middleproxy.ProxyList;
import io.github.mtgjava.transport.middleproxy.ProxySecret;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What Telegram's site has for proxies. */
enum Document implements Fetchable {
    /** The secret, binary. */
    SECRET("Telegram's proxy secret", "proxy-secret", 64 << 10),
    /** The list of IPv4 middle proxies, text. */
    CONFIG("Telegram's list of IPv4 middle proxies", "proxy-config", 1 << 20),
    /** The list of IPv6 middle proxies, text. */
    CONFIG_V6("Telegram's list of IPv6 middle proxies", "proxy-config-v6", 1 << 20);

    private final String title;
    private final String fileName;
    private final int maxBytes;

    Document(String title, String fileName, int maxBytes) {
        this.title = title;
        this.fileName = fileName;
        this.maxBytes = maxBytes;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public String fileName() {
        return fileName;
    }

    @Override
    public int maxBytes() {
        return maxBytes;
    }

    @Override
    public @Nullable String fault(byte[] bytes) {
        if (bytes.length > maxBytes) {
            return "has more than " + maxBytes + " bytes";
        }
        if (this == SECRET) {
            return bytes.length < ProxySecret.MIN_BYTES || bytes.length > ProxySecret.MAX_BYTES
                    ? "has " + bytes.length + " bytes, not " + ProxySecret.MIN_BYTES + " to " + ProxySecret.MAX_BYTES
                    : null;
        }
        return list(bytes).isEmpty() ? "has no line 'proxy_for <dc> <address>:<port>;'" : null;
    }

    static ProxyList list(byte[] bytes) {
        return ProxyList.parse(new String(bytes, StandardCharsets.UTF_8));
    }
}
