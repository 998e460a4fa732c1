package io.github.mtgjava.transport.obfuscated2;

/**
 * Beginnings that a drawn frame must not have, lest the far side take it for another protocol: TDLib's list (docs/protocol.md, the frame towards Telegram).
 * Nothing beyond byte 7 is ever restricted.
 */
final class ForbiddenBeginnings {

    private static final byte ABRIDGED = (byte) 0xef;

    private ForbiddenBeginnings() {}

    static boolean match(byte[] frame) {
        return frame[0] == ABRIDGED || isForbidden(bigEndian(frame, 0)) || bigEndian(frame, 4) == 0;
    }

    private static boolean isForbidden(int firstFour) {
        return switch (firstFour) {
            case 0x48454144, // HEAD
                    0x504f5354, // POST
                    0x47455420, // GET and a space
                    0x4f505449, // OPTI
                    0x16030102, // a TLS record
                    0xdddddddd, // padded intermediate without obfuscation
                    0xeeeeeeee -> true; // intermediate without obfuscation
            default -> false;
        };
    }

    private static int bigEndian(byte[] bytes, int offset) {
        return ((bytes[offset] & 0xff) << 24)
                | ((bytes[offset + 1] & 0xff) << 16)
                | ((bytes[offset + 2] & 0xff) << 8)
                | (bytes[offset + 3] & 0xff);
    }
}
