package io.github.mtgjava.internal.probe;

import io.github.mtgjava.probe.ProbeException;
import io.github.mtgjava.transport.faketls.ServerFlightReader;
import io.github.mtgjava.transport.faketls.ServerFlightReader.Status;
import java.nio.ByteBuffer;

/** What a client and a FakeTLS proxy say to each other before the obfuscated2 stream begins. */
final class FakeTlsHandshake {

    private static final byte[] CHANGE_CIPHER_SPEC_RECORD = {20, 3, 3, 0, 1, 1};
    private static final byte[] APPLICATION_DATA = {23, 3, 3};

    private FakeTlsHandshake() {}

    /** Sends the hello and verifies the answer. */
    static void perform(Line line, byte[] hello, byte[] key) throws ProbeException {
        line.waitFor("an answer to the ClientHello", "it may not be a FakeTLS proxy, or not know this secret");
        line.write(hello);
        ServerFlightReader flight = new ServerFlightReader(hello, key);
        ByteBuffer in = line.read();
        Status status = flight.read(in);
        while (status == Status.NEED_INPUT) {
            in = line.read();
            status = flight.read(in);
        }
        switch (status) {
            case NOT_TLS -> throw line.badAnswer("answered the ClientHello, but not in TLS: this is no FakeTLS proxy");
            case ORDINARY_TLS ->
                throw line.badAnswer("answered as an ordinary web server: it does not know this secret,"
                        + " it cloaks another host, or its clock and ours differ");
            default -> {
                if (in.hasRemaining()) {
                    throw line.badAnswer("sent more than its part of the handshake, which some clients do not accept");
                }
            }
        }
    }

    /** The client's next write: ChangeCipherSpec and the beginning of the stream, in one record. */
    static byte[] firstWrite(byte[] stream) {
        return ByteBuffer.allocate(CHANGE_CIPHER_SPEC_RECORD.length + APPLICATION_DATA.length + 2 + stream.length)
                .put(CHANGE_CIPHER_SPEC_RECORD)
                .put(APPLICATION_DATA)
                .putShort((short) stream.length)
                .put(stream)
                .array();
    }
}
