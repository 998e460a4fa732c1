package io.github.mtgjava.testkit;

import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The ciphers of a link as a middle proxy sees them, derived by means of its own.
 *
 * @param proxyIp the proxy's address as the middle proxy believes it to be
 */
record MiddleCipher(
        byte[] secret,
        byte[] proxyNonce,
        byte[] ourNonce,
        int proxySeconds,
        InetAddress proxyIp,
        int proxyPort,
        InetAddress ourIp,
        int ourPort) {

    /** What the proxy sends. */
    Cipher incoming() {
        return cipher("CLIENT", Cipher.DECRYPT_MODE);
    }

    /** What we send. */
    Cipher outgoing() {
        return cipher("SERVER", Cipher.ENCRYPT_MODE);
    }

    /** One direction's: the purpose is CLIENT for what the proxy sends, SERVER for what we send. */
    Cipher cipher(String purpose, int mode) {
        try {
            byte[] material = material(purpose);
            byte[] md5 = MessageDigest.getInstance("MD5").digest(Arrays.copyOfRange(material, 1, material.length));
            byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(material);
            byte[] iv = MessageDigest.getInstance("MD5").digest(Arrays.copyOfRange(material, 2, material.length));
            byte[] key = ByteBuffer.allocate(32).put(md5, 0, 12).put(sha1).array();
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has these", e);
        }
    }

    private byte[] material(String purpose) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ourNonce);
        out.writeBytes(proxyNonce);
        out.writeBytes(little(4, proxySeconds));
        out.writeBytes(reversed(ourIp));
        out.writeBytes(little(2, proxyPort));
        out.writeBytes(purpose.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(reversed(proxyIp));
        out.writeBytes(little(2, ourPort));
        out.writeBytes(secret);
        out.writeBytes(ourNonce);
        if (!(ourIp instanceof Inet4Address)) {
            out.writeBytes(proxyIp.getAddress());
            out.writeBytes(ourIp.getAddress());
        }
        out.writeBytes(proxyNonce);
        return out.toByteArray();
    }

    private static byte[] reversed(InetAddress address) {
        byte[] bytes = new byte[4];
        if (address instanceof Inet4Address) {
            for (int i = 0; i < 4; i++) {
                bytes[i] = address.getAddress()[3 - i];
            }
        }
        return bytes;
    }

    private static byte[] little(int count, int value) {
        byte[] four = ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
        return Arrays.copyOf(four, count);
    }
}
