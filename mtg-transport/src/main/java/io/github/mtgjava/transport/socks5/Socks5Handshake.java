package io.github.mtgjava.transport.socks5;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Our side of a SOCKS5 conversation that ends in a connection to an IP address: which ways to log in we know, the login if
 * the server wants one, the request, its reply.
 *
 * <p>What the server sends is taken up to the end of its reply and no further; what follows belongs to the connection. One
 * per connection; belongs to one thread at a time; never throws on hostile input.
 */
public final class Socks5Handshake {

    private static final int VERSION = 5;
    private static final int LOGIN_VERSION = 1;
    private static final int NO_LOGIN = 0;
    private static final int USER_AND_PASSWORD = 2;
    private static final int CONNECT = 1;
    private static final int SUCCEEDED = 0;
    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int PORT_BYTES = 2;
    private static final int MAX_PORT = 65_535;

    private final byte[] target;
    private final int targetPort;
    private final @Nullable Credentials credentials;
    private Part part = Part.METHOD;
    /** What has come of the part that is awaited now: at most a name of 255 bytes and a port. */
    private ByteBuffer awaited = ByteBuffer.allocate(2);

    private ByteBuffer output;
    private boolean boundToName;
    private @Nullable BoundAddress bound;
    private @Nullable Socks5Fault fault;

    /** How it stands. */
    public enum Status {
        /** More has to come from the server. */
        NEED_INPUT,
        /** {@link #output} has to be sent; then go on reading. */
        WRITE,
        /** Connected: see {@link #bound}. Final. */
        CONNECTED,
        /** There will be no connection: see {@link #fault}. Final. */
        REJECTED
    }

    /** What the server says, in this order. */
    private enum Part {
        /** Version and the way to log in that it chose. */
        METHOD,
        /** Version, in which servers are careless, and outcome of the login. */
        LOGIN,
        /** Version and reply. Some servers say no more than that if they refuse. */
        REPLY,
        /** A reserved byte, which servers fill as they like, and the type of the address. */
        ADDRESS_TYPE,
        NAME_LENGTH,
        /** The address and the port. */
        ADDRESS
    }

    /**
     * Begins a conversation; {@link #output} is what to send first.
     *
     * @param target 4 or 16 bytes in network order
     * @param targetPort 0 to 65535
     * @param credentials null to offer no login
     * @throws IllegalArgumentException if the target is none
     */
    public Socks5Handshake(byte[] target, int targetPort, @Nullable Credentials credentials) {
        if (target.length != IPV4_BYTES && target.length != IPV6_BYTES) {
            throw new IllegalArgumentException("an IP address has 4 or 16 bytes, not " + target.length);
        }
        if (targetPort < 0 || targetPort > MAX_PORT) {
            throw new IllegalArgumentException("a port has 16 bits: " + targetPort);
        }
        this.target = target.clone();
        this.targetPort = targetPort;
        this.credentials = credentials;
        this.output = methods();
    }

    /** A server that wants no login from us may say so although we could log in. */
    private ByteBuffer methods() {
        return credentials == null ? bytes(VERSION, 1, NO_LOGIN) : bytes(VERSION, 2, NO_LOGIN, USER_AND_PASSWORD);
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer out = ByteBuffer.allocate(values.length);
        for (int value : values) {
            out.put((byte) value);
        }
        return out.flip();
    }

    /** What to send at first, and after each {@link Status#WRITE}. */
    public ByteBuffer output() {
        return output;
    }

    /** How many bytes to read at the most, so that nothing is read that belongs to the connection; 0 when it is over. */
    public int missing() {
        return bound != null || fault != null ? 0 : awaited.remaining();
    }

    /** Whether the request is out: what goes wrong from here on may be the target's fault. */
    public boolean hasAsked() {
        return part.compareTo(Part.REPLY) >= 0;
    }

    /** Goes on with what has arrived. */
    public Status read(ByteBuffer in) {
        Status status = ended();
        while (status == Status.NEED_INPUT && take(in)) {
            status = onPart(awaited.flip());
        }
        return status;
    }

    private Status ended() {
        if (fault != null) {
            return Status.REJECTED;
        }
        return bound != null ? Status.CONNECTED : Status.NEED_INPUT;
    }

    /** Returns whether the awaited part is complete. */
    private boolean take(ByteBuffer in) {
        while (awaited.hasRemaining() && in.hasRemaining()) {
            awaited.put(in.get());
        }
        return !awaited.hasRemaining();
    }

    private Status onPart(ByteBuffer said) {
        return switch (part) {
            case METHOD -> onMethod(next(said), next(said));
            case LOGIN -> onLogin(said.get(1));
            case REPLY -> onReply(next(said), next(said));
            case ADDRESS_TYPE -> onAddressType(said.get(1));
            case NAME_LENGTH -> await(Part.ADDRESS, next(said) + PORT_BYTES);
            case ADDRESS -> onAddress(said);
        };
    }

    private static int next(ByteBuffer said) {
        return Byte.toUnsignedInt(said.get());
    }

    private Status await(Part next, int count) {
        part = next;
        awaited = ByteBuffer.allocate(count);
        return Status.NEED_INPUT;
    }

    private Status send(ByteBuffer words, Part answer) {
        output = words;
        await(answer, 2);
        return Status.WRITE;
    }

    private Status reject(Socks5Fault why) {
        fault = why;
        return Status.REJECTED;
    }

    private Status onMethod(int version, int method) {
        if (version != VERSION) {
            return reject(Socks5Fault.NOT_SOCKS5);
        }
        if (method == NO_LOGIN) {
            return send(request(), Part.REPLY);
        }
        return method == USER_AND_PASSWORD && credentials != null
                ? send(login(credentials), Part.LOGIN)
                : reject(Socks5Fault.NO_ACCEPTABLE_METHOD);
    }

    private static ByteBuffer login(Credentials credentials) {
        ByteBuffer out = ByteBuffer.allocate(1 + credentials.bytes()).put((byte) LOGIN_VERSION);
        credentials.writeTo(out);
        return out.flip();
    }

    private Status onLogin(int outcome) {
        return outcome == SUCCEEDED ? send(request(), Part.REPLY) : reject(Socks5Fault.LOGIN_REFUSED);
    }

    private ByteBuffer request() {
        return ByteBuffer.allocate(4 + target.length + PORT_BYTES)
                .put((byte) VERSION)
                .put((byte) CONNECT)
                .put((byte) 0)
                .put((byte) (target.length == IPV4_BYTES ? IPV4 : IPV6))
                .put(target)
                .putShort((short) targetPort)
                .flip();
    }

    private Status onReply(int version, int reply) {
        if (version != VERSION) {
            return reject(Socks5Fault.NOT_SOCKS5);
        }
        return reply == SUCCEEDED ? await(Part.ADDRESS_TYPE, 2) : reject(Socks5Fault.ofReply(reply));
    }

    private Status onAddressType(int type) {
        boundToName = type == NAME;
        return switch (type) {
            case IPV4 -> await(Part.ADDRESS, IPV4_BYTES + PORT_BYTES);
            case IPV6 -> await(Part.ADDRESS, IPV6_BYTES + PORT_BYTES);
            case NAME -> await(Part.NAME_LENGTH, 1);
            default -> reject(Socks5Fault.NOT_SOCKS5);
        };
    }

    private Status onAddress(ByteBuffer said) {
        byte[] address = new byte[said.remaining() - PORT_BYTES];
        said.get(address);
        bound = new BoundAddress(boundToName, address, Short.toUnsignedInt(said.getShort()));
        return Status.CONNECTED;
    }

    /**
     * Where the server says it connects from.
     *
     * @throws IllegalStateException if it is not connected
     */
    public BoundAddress bound() {
        if (bound == null) {
            throw new IllegalStateException("the server has not connected us");
        }
        return bound;
    }

    /**
     * Why there is no connection.
     *
     * @throws IllegalStateException if the server has not rejected us
     */
    public Socks5Fault fault() {
        if (fault == null) {
            throw new IllegalStateException("the server has not rejected us");
        }
        return fault;
    }
}
