package io.github.mtgjava.transport.faketls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Hand-made ClientHellos, well-formed or broken in one place. */
final class HelloBuilder {

    private int version = Tls.VERSION;
    private byte[] sessionId = new byte[32];
    private byte[] cipherSuites = {0x13, 0x01};
    private byte[] compression = {0};
    private final ByteArrayOutputStream extensions = new ByteArrayOutputStream();

    static HelloBuilder hello() {
        return new HelloBuilder();
    }

    /** The content of a server_name extension with one host name. */
    static byte[] hostName(String name) {
        byte[] ascii = name.getBytes(StandardCharsets.ISO_8859_1);
        return vector(2, concatenated(new byte[] {0}, vector(2, ascii)));
    }

    /** One entry of a key_share extension. */
    static byte[] share(int group, int length) {
        return concatenated(new byte[] {(byte) (group >> 8), (byte) group}, vector(2, new byte[length]));
    }

    static byte[] vector(int lengthBytes, byte[] content) {
        ByteBuffer length = ByteBuffer.allocate(Integer.BYTES).putInt(content.length);
        byte[] prefix = new byte[lengthBytes];
        length.get(Integer.BYTES - lengthBytes, prefix);
        return concatenated(prefix, content);
    }

    static byte[] concatenated(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    /** The message in records of the given payload length. */
    static byte[] records(byte[] message, int payload) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        for (int at = 0; at < message.length; at += payload) {
            int length = Math.min(payload, message.length - at);
            wire.writeBytes(new byte[] {0x16, 3, 1, (byte) (length >> 8), (byte) length});
            wire.write(message, at, length);
        }
        return wire.toByteArray();
    }

    HelloBuilder version(int version) {
        this.version = version;
        return this;
    }

    HelloBuilder sessionId(int length) {
        sessionId = new byte[length];
        return this;
    }

    HelloBuilder cipherSuites(int... bytes) {
        cipherSuites = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            cipherSuites[i] = (byte) bytes[i];
        }
        return this;
    }

    HelloBuilder compression(int length) {
        compression = new byte[length];
        return this;
    }

    HelloBuilder extension(int type, byte[] content) {
        extensions.writeBytes(new byte[] {(byte) (type >> 8), (byte) type});
        return rawExtensionBytes(vector(2, content));
    }

    HelloBuilder rawExtensionBytes(byte[] bytes) {
        extensions.writeBytes(bytes);
        return this;
    }

    byte[] body() {
        return concatenated(
                new byte[] {(byte) (version >> 8), (byte) version},
                new byte[Tls.RANDOM_BYTES],
                vector(1, sessionId),
                vector(2, cipherSuites),
                vector(1, compression),
                vector(2, extensions.toByteArray()));
    }

    byte[] message() {
        return concatenated(new byte[] {1}, vector(3, body()));
    }

    byte[] wire() {
        return records(message(), 16_384);
    }
}
