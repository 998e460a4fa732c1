package io.github.mtgjava.endtoend;

import io.github.mtgjava.crypto.HmacSha256;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;

/** What tests do to ClientHellos, and with the flights that answer them. */
final class Hellos {

    private Hellos() {}

    /** The hello without a TLS 1.3 cipher suite, and with a digest that is right all the same. */
    static byte[] unanswerable(byte[] hello, byte[] key, long unixSeconds) {
        int suites = 78;
        int end = suites + ((hello[76] & 0xff) << 8 | hello[77] & 0xff);
        for (int i = suites; i < end; i += 2) {
            if (hello[i] == 0x13) {
                hello[i] = (byte) 0xc0;
                hello[i + 1] += 0x2a;
            }
        }
        return authenticated(hello, key, unixSeconds);
    }

    private static byte[] authenticated(byte[] hello, byte[] key, long unixSeconds) {
        Arrays.fill(hello, 11, 43, (byte) 0);
        byte[] digest = HmacSha256.of(key, hello);
        for (int i = 0; i < 4; i++) {
            digest[28 + i] ^= (byte) (unixSeconds >> 8 * i);
        }
        System.arraycopy(digest, 0, hello, 11, digest.length);
        return hello;
    }

    /** Reads the three records of a flight. */
    static void readFlight(Socket socket) throws IOException {
        int records = 0;
        while (records < 3) {
            byte[] header = socket.getInputStream().readNBytes(5);
            socket.getInputStream().readNBytes((header[3] & 0xff) << 8 | header[4] & 0xff);
            records++;
        }
    }
}
