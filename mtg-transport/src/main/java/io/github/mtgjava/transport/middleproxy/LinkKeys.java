package io.github.mtgjava.transport.middleproxy;

import io.github.mtgjava.crypto.AesCbc;
import io.github.mtgjava.crypto.Md5;
import io.github.mtgjava.crypto.Sha1;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Derives a link's two keys from what both ends know: the secret, both nonces, our time and their addresses
 * (docs/protocol.md, Middle proxies).
 */
final class LinkKeys {

    private static final String TO_TELEGRAM = "CLIENT";
    private static final String FROM_TELEGRAM = "SERVER";
    private static final int MD5_PART_OF_KEY = 12;
    private static final int MAX_BYTES = 118 + ProxySecret.MAX_BYTES;

    private final ProxySecret secret;
    private final byte[] ourNonce;
    private final byte[] theirNonce;
    private final int unixSeconds;
    private final Ends ends;

    /** From what was exchanged; {@code unixSeconds} is what our nonce request said. */
    LinkKeys(ProxySecret secret, byte[] ourNonce, byte[] theirNonce, int unixSeconds, Ends ends) {
        this.secret = secret;
        this.ourNonce = ourNonce;
        this.theirNonce = theirNonce;
        this.unixSeconds = unixSeconds;
        this.ends = ends;
    }

    AesCbc encryption() {
        byte[] material = material(TO_TELEGRAM);
        return AesCbc.encrypting(key(material), iv(material));
    }

    AesCbc decryption() {
        byte[] material = material(FROM_TELEGRAM);
        return AesCbc.decrypting(key(material), iv(material));
    }

    private byte[] material(String purpose) {
        Endpoint ours = ends.ours();
        Endpoint theirs = ends.theirs();
        ByteBuffer material = ByteBuffer.allocate(MAX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        material.put(theirNonce).put(ourNonce).putInt(unixSeconds);
        // Each address goes with the other one's port.
        material.putInt(ipv4(theirs)).putShort((short) ours.port());
        material.put(purpose.getBytes(StandardCharsets.US_ASCII));
        material.putInt(ipv4(ours)).putShort((short) theirs.port());
        material.put(secret.bytes()).put(theirNonce);
        if (!ours.isIpv4()) {
            material.put(ours.address()).put(theirs.address());
        }
        material.put(ourNonce);
        return Arrays.copyOf(material.array(), material.position());
    }

    /** As a number, so that it comes out reversed; 0 for an IPv6 address. */
    private static int ipv4(Endpoint end) {
        return end.isIpv4() ? ByteBuffer.wrap(end.address()).getInt() : 0;
    }

    static byte[] key(byte[] material) {
        byte[] key = Arrays.copyOf(Md5.of(material, 1, material.length - 1), AesCbc.KEY_BYTES);
        byte[] sha1 = Sha1.of(material, 0, material.length);
        System.arraycopy(sha1, 0, key, MD5_PART_OF_KEY, sha1.length);
        return key;
    }

    static byte[] iv(byte[] material) {
        return Md5.of(material, 2, material.length - 2);
    }
}
