package io.github.mtgjava.testkit;

import io.github.mtgjava.testkit.FakeClient.Mode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * How a {@link FakeClient} connects. Immutable: every method that changes something returns changed options, so one
 * object can serve any number of clients on any number of threads.
 */
public final class ClientOptions {
    /** Protocol tag of the abridged transport. */
    public static final byte ABRIDGED = (byte) 0xef;
    /** Protocol tag of the intermediate transport. */
    public static final byte INTERMEDIATE = (byte) 0xee;
    /** Protocol tag of the padded intermediate transport. */
    public static final byte PADDED = (byte) 0xdd;

    private static final SecureRandom SEEDS = new SecureRandom();

    private final InetSocketAddress proxy;
    private final Mode mode;
    private final byte[] key;
    private final String host;
    private byte tag;
    private int dc = 2;
    private HelloStyle helloStyle = HelloStyle.MODERN;
    private LongSupplier clock = () -> Instant.now().getEpochSecond();
    private int helloRecords = 1;
    private int receiveBuffer;
    private boolean joinsFrame;
    private byte[] preamble = new byte[0];
    private Optional<InetAddress> localAddress = Optional.empty();
    private OptionalLong seed = OptionalLong.empty();
    private IntConsumer recordListener = length -> {};

    private ClientOptions(InetSocketAddress proxy, Mode mode, byte[] key, String host) {
        if (key.length != 16) {
            throw new IllegalArgumentException("a key has 16 bytes, not " + key.length);
        }
        this.proxy = proxy;
        this.mode = mode;
        this.key = key.clone();
        this.host = host;
        this.tag = mode == Mode.SIMPLE ? INTERMEDIATE : PADDED;
    }

    private ClientOptions(ClientOptions other) {
        this(other.proxy, other.mode, other.key, other.host);
        tag = other.tag;
        dc = other.dc;
        helloStyle = other.helloStyle;
        clock = other.clock;
        helloRecords = other.helloRecords;
        seed = other.seed;
        receiveBuffer = other.receiveBuffer;
        joinsFrame = other.joinsFrame;
        preamble = other.preamble;
        localAddress = other.localAddress;
        recordListener = other.recordListener;
    }

    /** A client with a simple secret; its tag is {@link #INTERMEDIATE} as TDLib's, DC 2. */
    public static ClientOptions simple(InetSocketAddress proxy, byte[] key) {
        return new ClientOptions(proxy, Mode.SIMPLE, key, "");
    }

    /** A client with a {@code dd} secret; its tag is {@link #PADDED}, DC 2. */
    public static ClientOptions secured(InetSocketAddress proxy, byte[] key) {
        return new ClientOptions(proxy, Mode.SECURED, key, "");
    }

    /** A client with an {@code ee} secret that names {@code host}; its tag is {@link #PADDED}, DC 2, its hello modern. */
    public static ClientOptions tls(InetSocketAddress proxy, byte[] key, String host) {
        return new ClientOptions(proxy, Mode.TLS, key, host);
    }

    /** Options of any mode; {@code host} matters for {@link Mode#TLS} only. */
    public static ClientOptions of(Mode mode, InetSocketAddress proxy, byte[] key, String host) {
        return new ClientOptions(proxy, mode, key, host);
    }

    /** Sends another protocol tag. */
    public ClientOptions withTag(byte newTag) {
        ClientOptions changed = new ClientOptions(this);
        changed.tag = newTag;
        return changed;
    }

    /** Asks for another DC: a signed 16-bit number, negative for media. */
    public ClientOptions withDc(int newDc) {
        ClientOptions changed = new ClientOptions(this);
        changed.dc = newDc;
        return changed;
    }

    /** Sends a ClientHello of another shape. */
    public ClientOptions withHello(HelloStyle newStyle) {
        ClientOptions changed = new ClientOptions(this);
        changed.helloStyle = newStyle;
        return changed;
    }

    /** Takes the time in the ClientHello, in Unix seconds, from elsewhere than the system's clock. */
    public ClientOptions withClock(LongSupplier newClock) {
        ClientOptions changed = new ClientOptions(this);
        changed.clock = newClock;
        return changed;
    }

    /** Cuts the ClientHello into {@code count} TLS records, at least 1. */
    public ClientOptions withHelloRecords(int count) {
        ClientOptions changed = new ClientOptions(this);
        changed.helloRecords = count;
        return changed;
    }

    /**
     * Makes hello and frame reproducible: all connections of these options then send the same ones, which a proxy should
     * take for a replay. Without a seed each connection draws its own.
     */
    public ClientOptions withSeed(long newSeed) {
        ClientOptions changed = new ClientOptions(this);
        changed.seed = OptionalLong.of(newSeed);
        return changed;
    }

    /** Has the kernel take about so many bytes for a client that does not read; 0 leaves it to the kernel. */
    public ClientOptions withReceiveBuffer(int bytes) {
        ClientOptions changed = new ClientOptions(this);
        changed.receiveBuffer = bytes;
        return changed;
    }

    /** Sends the obfuscated2 frame not by itself, but with the first bytes behind it. */
    public ClientOptions withFrameJoined() {
        ClientOptions changed = new ClientOptions(this);
        changed.joinsFrame = true;
        return changed;
    }

    /** Sends these bytes before everything else, as a load balancer does that tells whom it speaks for. */
    public ClientOptions withPreamble(byte[] bytes) {
        ClientOptions changed = new ClientOptions(this);
        changed.preamble = bytes.clone();
        return changed;
    }

    /** Connects from that address of this machine, such as 127.0.0.77: on Linux all that begin with 127 are. */
    public ClientOptions withLocalAddress(InetAddress address) {
        ClientOptions changed = new ClientOptions(this);
        changed.localAddress = Optional.of(address);
        return changed;
    }

    /** Tells the payload length of every record that the proxy sends behind its flight, as it is read. */
    public ClientOptions withRecordListener(IntConsumer newListener) {
        ClientOptions changed = new ClientOptions(this);
        changed.recordListener = newListener;
        return changed;
    }

    /** Connects and does the whole handshake; an {@link AssertionError} says what the proxy did wrong. */
    public FakeClient connect() throws IOException {
        return FakeClient.connect(this);
    }

    /** Connects and says nothing: for tests that send raw material. Reads are limited to 20 seconds. */
    public Socket openSocket() throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setSoTimeout((int) Monitor.LIMIT.toMillis());
        if (localAddress.isPresent()) {
            socket.bind(new InetSocketAddress(localAddress.get(), 0));
        }
        socket.connect(proxy, (int) Monitor.LIMIT.toMillis());
        return socket;
    }

    /** Returns a genuine, authenticated ClientHello as {@link #connect()} would send it. */
    public byte[] clientHello() {
        return hello(drawSeed()).split(helloRecords);
    }

    /** Returns a genuine obfuscated2 frame as {@link #connect()} would send it. */
    public byte[] frame() {
        return frame(drawSeed());
    }

    byte[] preamble() {
        return preamble;
    }

    Mode mode() {
        return mode;
    }

    byte[] key() {
        return key;
    }

    byte tag() {
        return tag;
    }

    boolean joinsFrame() {
        return joinsFrame;
    }

    int helloRecords() {
        return helloRecords;
    }

    IntConsumer recordListener() {
        return recordListener;
    }

    /** The seed of one connection. */
    long drawSeed() {
        return seed.orElseGet(SEEDS::nextLong);
    }

    ClientHello hello(long connectionSeed) {
        ClientHello hello = ClientHelloMaker.make(new Random(connectionSeed), helloStyle, host);
        hello.authenticate(key, clock.getAsLong());
        return hello;
    }

    byte[] frame(long connectionSeed) {
        return Obfuscated2Cipher.frame(new Random(~connectionSeed), tag, dc, key, mode != Mode.TLS);
    }
}
