package io.github.mtgjava.transport.faketls;

import io.github.mtgjava.crypto.HmacSha256;
import java.nio.ByteBuffer;

/**
 * The proxy's answer to an authenticated ClientHello (docs/protocol.md, ServerHello flight): what the first flight of a TLS 1.3 server looks like.
 *
 * <pre>
 *  16 03 03 len   ServerHello: version 03 03, random, echoed session id, suite, compression 00,
 *                 extensions key_share and supported_versions
 *  14 03 03 00 01 01
 *  17 03 03 len   random bytes in the place of the encrypted rest of the handshake
 * </pre>
 *
 * <p>Clients verify an HMAC over all of it and refuse anything more or less (docs/protocol.md, ServerHello flight): it is to be written at once, and
 * nothing after it until the client has spoken.
 */
public final class ServerHelloFlight {

    private static final byte[] CHANGE_CIPHER_SPEC_RECORD = {Tls.CHANGE_CIPHER_SPEC, 3, 3, 0, 1, 1};

    /** supported_versions with its header. */
    private static final int SUPPORTED_VERSIONS_BYTES = 4 + 2;

    /** key_share with its header, but without the key: type, length, group, length. */
    private static final int KEY_SHARE_OVERHEAD_BYTES = 4 + 4;

    private ServerHelloFlight() {}

    /**
     * What the server of a flight seems to have chosen. The arrays are neither copied nor changed.
     *
     * @param cipherSuite an unsigned 16-bit number; to be convincing, a suite of TLS 1.3 that the client offers
     * @param group the group of the key; to be convincing, one that {@link ClientHello#sharesKey}
     * @param keyExchange the server's share, as long as the group says
     * @param order which extension comes first
     * @param encrypted 1 to {@value RecordSlots#MAX_PAYLOAD} random bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // a bundle of arguments, never compared
    public record Parameters(
            int cipherSuite, KeyShareGroup group, byte[] keyExchange, ExtensionOrder order, byte[] encrypted) {

        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if a number or a length is out of its range
         */
        public Parameters {
            if (cipherSuite < 0 || cipherSuite > 0xffff) {
                throw new IllegalArgumentException("A cipher suite has 16 bits: " + cipherSuite);
            }
            if (keyExchange.length != group.serverShareBytes()) {
                throw new IllegalArgumentException(
                        "A share of " + group + " has " + group.serverShareBytes() + " bytes: " + keyExchange.length);
            }
            if (encrypted.length < 1 || encrypted.length > RecordSlots.MAX_PAYLOAD) {
                throw new IllegalArgumentException(
                        "A record holds 1 to " + RecordSlots.MAX_PAYLOAD + " bytes: " + encrypted.length);
            }
        }
    }

    /**
     * Writes the whole flight.
     *
     * @param hello what is answered; its session id is echoed and its random authenticated
     * @param key the 16-byte key part of the secret
     * @param parameters what the server of this flight seems to have chosen
     * @return the bytes to send, in one write
     */
    public static byte[] write(ClientHello hello, byte[] key, Parameters parameters) {
        byte[] sessionId = hello.sessionId();
        int extensions = SUPPORTED_VERSIONS_BYTES + KEY_SHARE_OVERHEAD_BYTES + parameters.keyExchange().length;
        int body = 2 + Tls.RANDOM_BYTES + 1 + sessionId.length + 2 + 1 + 2 + extensions;
        int message = Tls.HANDSHAKE_HEADER_BYTES + body;
        ByteBuffer flight = ByteBuffer.allocate(Tls.RECORD_HEADER_BYTES
                + message
                + CHANGE_CIPHER_SPEC_RECORD.length
                + Tls.RECORD_HEADER_BYTES
                + parameters.encrypted().length);
        putRecordHeader(flight, Tls.HANDSHAKE, message);
        flight.putInt((Tls.SERVER_HELLO << 24) | body).putShort((short) Tls.VERSION);
        flight.position(Tls.RANDOM_OFFSET + Tls.RANDOM_BYTES);
        flight.put((byte) sessionId.length).put(sessionId);
        flight.putShort((short) parameters.cipherSuite()).put((byte) 0);
        flight.putShort((short) extensions);
        putExtensions(flight, parameters);
        flight.put(CHANGE_CIPHER_SPEC_RECORD);
        putRecordHeader(flight, Tls.APPLICATION_DATA, parameters.encrypted().length);
        flight.put(parameters.encrypted());
        // The random is the HMAC over everything, itself still being zero.
        flight.put(Tls.RANDOM_OFFSET, HmacSha256.of(key, hello.random(), flight.array()));
        return flight.array();
    }

    private static void putRecordHeader(ByteBuffer flight, int type, int length) {
        flight.put((byte) type).putShort((short) Tls.VERSION).putShort((short) length);
    }

    private static void putExtensions(ByteBuffer flight, Parameters parameters) {
        switch (parameters.order()) {
            case KEY_SHARE_FIRST -> {
                putKeyShare(flight, parameters);
                putSupportedVersions(flight);
            }
            case SUPPORTED_VERSIONS_FIRST -> {
                putSupportedVersions(flight);
                putKeyShare(flight, parameters);
            }
        }
    }

    private static void putKeyShare(ByteBuffer flight, Parameters parameters) {
        byte[] key = parameters.keyExchange();
        flight.putShort((short) Tls.EXTENSION_KEY_SHARE).putShort((short) (4 + key.length));
        flight.putShort((short) parameters.group().code()).putShort((short) key.length);
        flight.put(key);
    }

    private static void putSupportedVersions(ByteBuffer flight) {
        flight.putShort((short) Tls.EXTENSION_SUPPORTED_VERSIONS).putShort((short) 2);
        flight.putShort((short) Tls.TLS_1_3);
    }
}
