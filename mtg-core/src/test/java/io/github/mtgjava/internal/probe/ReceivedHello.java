package io.github.mtgjava.internal.probe;

import io.github.mtgjava.transport.faketls.ClientHello;
import io.github.mtgjava.transport.faketls.ClientHelloReader;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;

/** Reads a ClientHello as a server would. */
public final class ReceivedHello {

    private ReceivedHello() {}

    public static ClientHello read(Socket socket) throws IOException {
        ByteBuffer raw = ByteBuffer.allocate(ClientHelloReader.MAX_RAW_BYTES);
        ClientHelloReader reader = new ClientHelloReader();
        while (reader.read(raw.duplicate().flip()) != ClientHelloReader.Status.COMPLETE) {
            int length = socket.getInputStream().read(raw.array(), raw.position(), raw.remaining());
            if (length < 0) {
                throw new EOFException();
            }
            raw.position(raw.position() + length);
        }
        return reader.hello();
    }
}
