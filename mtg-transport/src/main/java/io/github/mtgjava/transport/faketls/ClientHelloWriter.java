package io.github.mtgjava.transport.faketls;

import io.github.mtgjava.crypto.HmacSha256;
import io.github.mtgjava.crypto.RandomSource;

/**
 * Writes ClientHellos like those of today's Telegram clients (docs/protocol.md, ClientHello), for those who act as one: to
 * see whether a proxy works, or what the site to be cloaked answers to such a hello. Nobody can finish a handshake with
 * them, because the private keys of the shares are forgotten, or never were.
 */
public final class ClientHelloWriter {

    /** The longest host name. */
    public static final int MAX_HOST_BYTES = 255;

    /** The record without host and ECH payload has 1716 bytes, the payload at most 240. */
    private static final int MAX_RECORD_BYTES = 2048 + MAX_HOST_BYTES;

    private static final int RECORD_VERSION = 0x0301;
    private static final int CLIENT_HELLO = 1;
    private static final String CIPHER_SUITES = "130113021303c02bc02fc02cc030cca9cca8c013c014009c009d002f0035";
    private static final int DIGEST_BYTES = 28;

    private ClientHelloWriter() {}

    /**
     * A hello whose random authenticates a client to a FakeTLS proxy.
     *
     * @param host the name to ask for: that of the secret
     * @param key the 16-byte key part of the secret
     * @param unixSeconds what the client's clock says; its low 32 bits are sent
     * @param random for everything else in the hello
     * @return one record
     * @throws IllegalArgumentException if the host is not 1 to {@value #MAX_HOST_BYTES} printable ASCII characters
     */
    public static byte[] authenticated(String host, byte[] key, long unixSeconds, RandomSource random) {
        byte[] record = write(host, new byte[Tls.RANDOM_BYTES], random);
        byte[] digest = HmacSha256.of(key, record);
        for (int i = DIGEST_BYTES; i < Tls.RANDOM_BYTES; i++) {
            digest[i] ^= (byte) (unixSeconds >> (Byte.SIZE * (i - DIGEST_BYTES)));
        }
        System.arraycopy(digest, 0, record, Tls.RANDOM_OFFSET, Tls.RANDOM_BYTES);
        return record;
    }

    /**
     * A hello whose random says nothing, as for a web server.
     *
     * @param host the name to ask for
     * @param random for everything in the hello
     * @return one record
     * @throws IllegalArgumentException if the host is not 1 to {@value #MAX_HOST_BYTES} printable ASCII characters
     */
    public static byte[] anonymous(String host, RandomSource random) {
        return write(host, random.bytes(Tls.RANDOM_BYTES), random);
    }

    private static byte[] write(String host, byte[] helloRandom, RandomSource random) {
        requireHost(host);
        byte[] sessionId = random.bytes(Tls.MAX_SESSION_ID_BYTES);
        HelloExtensions extensions = new HelloExtensions(host, random);
        TlsOutput out = new TlsOutput(MAX_RECORD_BYTES);
        out.u8(Tls.HANDSHAKE)
                .u16(RECORD_VERSION)
                .vector(record -> record.u8(CLIENT_HELLO)
                        .u8(0) // the message's length has three bytes, of which it needs two
                        .vector(message -> message.u16(Tls.VERSION)
                                .bytes(helloRandom)
                                .u8(sessionId.length)
                                .bytes(sessionId)
                                .vector(suites -> suites.u16(HelloExtensions.grease(random))
                                        .hex(CIPHER_SUITES))
                                .hex("0100") // no compression
                                .vector(extensions::write)));
        return out.toArray();
    }

    private static void requireHost(String host) {
        boolean printable = host.chars().allMatch(c -> c > ' ' && c <= '~');
        if (host.isEmpty() || host.length() > MAX_HOST_BYTES || !printable) {
            throw new IllegalArgumentException(
                    "A host name has 1 to " + MAX_HOST_BYTES + " printable ASCII characters, not " + host.length());
        }
    }
}
