package io.github.mtgjava;

import io.github.mtgjava.crypto.RandomSource;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A proxy secret: 16 key bytes, a type and, for FakeTLS, the host to cloak. Immutable. {@link #toString} does not show
 * it; {@link #hex} and {@link #base64Url} do.
 */
public final class Secret {

    /** Length of the key part in bytes. */
    public static final int KEY_BYTES = 16;

    private static final byte SECURED_PREFIX = (byte) 0xdd;
    private static final byte TLS_PREFIX = (byte) 0xee;

    private final SecretType type;
    private final byte[] key;
    private final String host;

    private Secret(SecretType type, byte[] key, String host) {
        this.type = type;
        this.key = key;
        this.host = host;
    }

    /**
     * Reads a secret as it stands in links: hex in any case, base64url (padding optional) or base64, in this order of
     * preference.
     *
     * @throws IllegalArgumentException if it is none; the message tells why without showing the secret
     */
    public static Secret parse(String text) {
        Objects.requireNonNull(text, "secret");
        return ofBytes(SecretText.decode(text.strip()));
    }

    /**
     * A new random secret without a host.
     *
     * @throws IllegalArgumentException for {@link SecretType#TLS}: see {@link #generateTls}
     */
    public static Secret generate(SecretType type) {
        Objects.requireNonNull(type, "type");
        if (type == SecretType.TLS) {
            throw new IllegalArgumentException("a TLS secret needs a host to cloak: use generateTls(host)");
        }
        return new Secret(type, RandomSource.secure().bytes(KEY_BYTES), "");
    }

    /**
     * A new random FakeTLS secret.
     *
     * @param host the site to cloak, 4 to 182 characters
     * @throws IllegalArgumentException if this is not a host name that every client can use
     */
    public static Secret generateTls(String host) {
        return new Secret(SecretType.TLS, RandomSource.secure().bytes(KEY_BYTES), CloakHost.check(host));
    }

    private static Secret ofBytes(byte[] bytes) {
        // The length goes before the prefix: sixteen bytes that happen to start with ee are a simple secret.
        if (bytes.length == KEY_BYTES) {
            return new Secret(SecretType.SIMPLE, bytes, "");
        }
        if (bytes.length < KEY_BYTES) {
            throw new IllegalArgumentException(
                    "the secret is too short: it has " + bytes.length + " bytes of at least " + KEY_BYTES);
        }
        byte[] key = Arrays.copyOfRange(bytes, 1, Math.min(bytes.length, 1 + KEY_BYTES));
        if (bytes[0] == SECURED_PREFIX && bytes.length == 1 + KEY_BYTES) {
            return new Secret(SecretType.SECURED, key, "");
        }
        if (bytes[0] == TLS_PREFIX) {
            if (bytes.length <= 1 + KEY_BYTES) {
                throw new IllegalArgumentException("the secret starts with ee, so a host name has to follow its key");
            }
            String host = new String(bytes, 1 + KEY_BYTES, bytes.length - 1 - KEY_BYTES, StandardCharsets.ISO_8859_1);
            return new Secret(SecretType.TLS, key, CloakHost.check(host));
        }
        throw new IllegalArgumentException("the secret has " + bytes.length
                + " bytes: neither 16 (simple), nor dd and 16" + " (secured), nor ee, 16 and a host name (tls)");
    }

    /** The kind of secret. */
    public SecretType type() {
        return type;
    }

    /** A copy of the 16 key bytes: what all ciphers and digests are keyed with, whatever the type. */
    public byte[] key() {
        return key.clone();
    }

    /** The host to cloak, in lower case; present for TLS secrets only. */
    public Optional<String> host() {
        return type == SecretType.TLS ? Optional.of(host) : Optional.empty();
    }

    /** The whole secret in lower-case hex, as links and {@code generate-secret} have it. */
    public String hex() {
        return HexFormat.of().formatHex(bytes());
    }

    /** The whole secret in base64url (with {@code -} and {@code _}) without padding, as some clients share it. */
    public String base64Url() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
    }

    /** The key in lower-case hex without prefix and host, as @MTProxybot wants it. */
    public String keyHex() {
        return HexFormat.of().formatHex(key);
    }

    private byte[] bytes() {
        byte[] hostBytes = host.getBytes(StandardCharsets.ISO_8859_1);
        byte[] bytes = new byte[type == SecretType.SIMPLE ? KEY_BYTES : 1 + KEY_BYTES + hostBytes.length];
        if (type != SecretType.SIMPLE) {
            bytes[0] = type == SecretType.TLS ? TLS_PREFIX : SECURED_PREFIX;
        }
        System.arraycopy(key, 0, bytes, type == SecretType.SIMPLE ? 0 : 1, KEY_BYTES);
        System.arraycopy(hostBytes, 0, bytes, bytes.length - hostBytes.length, hostBytes.length);
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret
                && type == secret.type
                && Arrays.equals(key, secret.key)
                && host.equals(secret.host);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, host, Arrays.hashCode(key));
    }

    /** The type and the host, never the key. */
    @Override
    public String toString() {
        String name = type.name().toLowerCase(Locale.ROOT);
        return "Secret[" + name + (host.isEmpty() ? "" : ", " + host) + ", redacted]";
    }
}
