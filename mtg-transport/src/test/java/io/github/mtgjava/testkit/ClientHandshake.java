package io.github.mtgjava.testkit;

import io.github.mtgjava.testkit.FakeClient.Mode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.HexFormat;

/**
 * How a client begins, and the decrypted stream that results.
 *
 * @param in decrypts what comes from the proxy
 * @param out encrypts what goes to the proxy
 */
record ClientHandshake(InputStream in, OutputStream out) {
    private static final byte[] CHANGE_CIPHER_SPEC = HexFormat.of().parseHex("140303000101");

    /**
     * Says what the options want said: in FakeTLS the hello, and after a correct flight ChangeCipherSpec and the frame
     * in one write; otherwise the frame alone.
     */
    static ClientHandshake perform(Socket socket, ClientOptions options, long seed) throws IOException {
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream();
        if (options.mode() == Mode.TLS) {
            ClientHello hello = options.hello(seed);
            out.write(hello.split(options.helloRecords()));
            ServerFlight.verify(in, hello, options.key());
            out = options.joinsFrame() ? new JoiningStream(out) : out;
            in = RecordInputStream.fromServer(new BufferedInputStream(in), options.recordListener());
            out = new RecordOutputStream(out, RecordOutputStream.MAX_FROM_CLIENT, CHANGE_CIPHER_SPEC);
        } else if (options.joinsFrame()) {
            out = new JoiningStream(out);
        }
        byte[] frame = options.frame(seed);
        out.write(frame);
        Obfuscated2Cipher cipher = new Obfuscated2Cipher(frame, options.key());
        return new ClientHandshake(
                new DecryptingStream(in, cipher.downlink()), new EncryptingStream(out, cipher.uplink()));
    }
}
