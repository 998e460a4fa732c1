package io.github.mtgjava.prober;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** What is probed: a site, or the proxy that cloaks it. */
interface Target {

    /** How long anything may take. */
    int LIMIT_MILLIS = 20_000;

    Socket connect() throws IOException;

    /** Has the time pass that a proxy gives a handshake; false where there is no such time. */
    boolean passDeadline();

    /** Has the site lose its patience with its visitor; false if it cannot be told to. */
    boolean giveUp();

    static Socket connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(address, LIMIT_MILLIS);
        return socket;
    }
}
