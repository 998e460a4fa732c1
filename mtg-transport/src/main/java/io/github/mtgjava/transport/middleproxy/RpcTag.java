package io.github.mtgjava.transport.middleproxy;

/** What the first four bytes of a payload say, read little-endian. */
final class RpcTag {

    static final int NONCE = 0x7acb87aa;
    static final int HANDSHAKE = 0x7682eef5;
    static final int HANDSHAKE_ERROR = 0x6a27beda;
    static final int PROXY_REQ = 0x36cef1ee;
    static final int PROXY_ANS = 0x4403da0d;
    static final int SIMPLE_ACK = 0x3bac409b;
    static final int CLOSE_EXT = 0x5eb634a2;
    static final int CLOSE_CONN = 0x1fcf425d;
    static final int PING = 0x5730a2df;
    static final int PONG = 0x8430eaa7;

    private RpcTag() {}
}
