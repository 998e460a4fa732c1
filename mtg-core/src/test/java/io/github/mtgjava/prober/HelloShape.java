package io.github.mtgjava.prober;

import static io.github.mtgjava.prober.Bytes.ascii;
import static io.github.mtgjava.prober.Bytes.hex;
import static io.github.mtgjava.prober.Bytes.join;
import static io.github.mtgjava.prober.Bytes.noise;
import static io.github.mtgjava.prober.Bytes.u16;
import static io.github.mtgjava.prober.Bytes.u8;
import static io.github.mtgjava.prober.Bytes.vector;

/**
 * A ClientHello of an ordinary visitor.
 *
 * @param recordVersion in the record's header
 * @param version in the message; TLS 1.3 says 1.2 there
 * @param isTls13 whether TLS 1.3 is on offer beside that
 * @param host the server's name; empty for none
 * @param suites the cipher suites, in hexadecimal
 */
record HelloShape(int recordVersion, int version, boolean isTls13, String host, String suites) {

    private static final String SUITES = "c02bc02fc02cc030c009c013c00ac014009c002f0035";

    static HelloShape ofVersion(int version, String host) {
        return new HelloShape(0x0301, version, false, host, SUITES);
    }

    static HelloShape ofTls13(String host) {
        return new HelloShape(0x0301, 0x0303, true, host, "130113021303" + SUITES);
    }

    HelloShape inRecordOf(int newVersion) {
        return new HelloShape(newVersion, version, isTls13, host, suites);
    }

    HelloShape withSuites(String newSuites) {
        return new HelloShape(recordVersion, version, isTls13, host, newSuites);
    }

    /** One record. */
    byte[] record() {
        return join(hex("16"), u16(recordVersion), vector(message()));
    }

    byte[] message() {
        byte[] body = join(
                u16(version), noise(32), hex("20"), noise(32), vector(hex(suites)), hex("0100"), vector(extensions()));
        return join(hex("0100"), u16(body.length), body);
    }

    private byte[] extensions() {
        return join(
                host.isEmpty() ? new byte[0] : extension(0, vector(u8(0), vector(ascii(host)))),
                extension(10, vector(hex("001d00170018"))),
                extension(11, hex("0100")),
                extension(13, vector(hex("0403080404010503080505010806060102030201"))),
                extension(23),
                extension(0xff01, u8(0)),
                isTls13 ? tls13() : new byte[0]);
    }

    private static byte[] tls13() {
        return join(
                extension(43, hex("0403040303")),
                extension(45, hex("0101")),
                extension(51, vector(hex("001d"), vector(noise(32)))));
    }

    private static byte[] extension(int type, byte[]... content) {
        return join(u16(type), vector(content));
    }
}
