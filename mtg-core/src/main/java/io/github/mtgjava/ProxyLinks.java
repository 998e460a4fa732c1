package io.github.mtgjava;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The links that bring users to a proxy. <b>They contain the secret</b>: {@link #toString} does not show them.
 *
 * <p>A family whose address is unknown has no links.
 */
public final class ProxyLinks {

    private static final String QR_SERVICE = "https://api.qrserver.com/v1/create-qr-code";

    private final Secret secret;
    private final @Nullable Endpoint ipv4;
    private final @Nullable Endpoint ipv6;

    /**
     * The links of one address.
     *
     * @param tgUrl opens a Telegram app directly
     * @param tmeUrl opens a web page that opens the app
     * @param tgQrcode address of a picture of {@code tgUrl}, drawn by a third party, which learns the secret when opened
     * @param tmeQrcode the same for {@code tmeUrl}
     */
    public record AddressLinks(String tgUrl, String tmeUrl, String tgQrcode, String tmeQrcode) {

        /** Hides the secret that the links contain. */
        @Override
        public String toString() {
            return "AddressLinks[redacted]";
        }
    }

    /**
     * An address as the world sees it.
     *
     * @param host an IP address without brackets, or a host name
     * @param port 1 to 65535
     */
    public record Endpoint(String host, int port) {

        /** Checks the port's range, and writes an IPv6 address in its short form. */
        public Endpoint {
            host = Ipv6Text.shortened(host);
            if (host.isEmpty() || port < 1 || port > 65_535) {
                throw new IllegalArgumentException("a public address needs a host and a port between 1 and 65535");
            }
        }
    }

    private ProxyLinks(Secret secret, @Nullable Endpoint ipv4, @Nullable Endpoint ipv6) {
        this.secret = secret;
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
    }

    /**
     * The links of a proxy with these public addresses.
     *
     * @param ipv4 null if it is unknown
     * @param ipv6 null if it is unknown
     */
    public static ProxyLinks of(Secret secret, @Nullable Endpoint ipv4, @Nullable Endpoint ipv6) {
        return new ProxyLinks(Objects.requireNonNull(secret, "secret"), ipv4, ipv6);
    }

    /** The links by the IPv4 address. */
    public Optional<AddressLinks> ipv4() {
        return Optional.ofNullable(ipv4).map(this::links);
    }

    /** The links by the IPv6 address. */
    public Optional<AddressLinks> ipv6() {
        return Optional.ofNullable(ipv6).map(this::links);
    }

    /** All links as JSON in the format of mtg, indented by two spaces, with a line end. */
    public String toJson() {
        StringBuilder json = new StringBuilder("{\n");
        ipv4().ifPresent(links -> append(json, "ipv4", links));
        ipv6().ifPresent(links -> append(json, "ipv6", links));
        return json.append("  \"secret_for_mtproxybot\": \"")
                .append(secret.keyHex())
                .append("\"\n}\n")
                .toString();
    }

    /** Nothing in the links needs escaping: they are made of URL characters only. */
    private static void append(StringBuilder json, String family, AddressLinks links) {
        json.append("  \"").append(family).append("\": {\n");
        appendField(json, "tg_url", links.tgUrl(), ",");
        appendField(json, "tme_url", links.tmeUrl(), ",");
        appendField(json, "tg_qrcode", links.tgQrcode(), ",");
        appendField(json, "tme_qrcode", links.tmeQrcode(), "");
        json.append("  },\n");
    }

    private static void appendField(StringBuilder json, String name, String value, String end) {
        json.append("    \"")
                .append(name)
                .append("\": \"")
                .append(value)
                .append('"')
                .append(end)
                .append('\n');
    }

    private AddressLinks links(Endpoint endpoint) {
        // Parameters in alphabetical order, as mtg prints them.
        String query = "?port=" + endpoint.port() + "&secret=" + secret.hex() + "&server=" + encode(endpoint.host());
        String tgUrl = "tg://proxy" + query;
        String tmeUrl = "https://t.me/proxy" + query;
        return new AddressLinks(tgUrl, tmeUrl, qrcode(tgUrl), qrcode(tmeUrl));
    }

    private static String qrcode(String url) {
        return QR_SERVICE + "?data=" + encode(url) + "&format=svg&qzone=4";
    }

    /** Form encoding as Go has it: unlike Java's it keeps the tilde and escapes the asterisk. */
    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /** Hides the secret that the links contain. */
    @Override
    public String toString() {
        return "ProxyLinks[redacted]";
    }
}
