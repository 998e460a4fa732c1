package io.github.mtgjava.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * A middle proxy of Telegram on a real socket. It obeys the commands of {@link MessageClient}s, answers unencrypted {@code
 * req_pq_multi}s, and can be made to misbehave in many ways. What a proxy must not send is an error, reported by {@link
 * #assertHealthy()} and {@link #close()}; a disconnect never is. Thread-safe.
 */
public final class FakeMiddleProxy implements AutoCloseable {
    private final byte[] secret;
    private final List<LoopbackServer> servers = new ArrayList<>();
    private final Monitor monitor = new Monitor();
    private final InetSocketAddress address;
    private final Map<Integer, MiddleLink> links = new LinkedHashMap<>();
    private final Deque<MiddleBehaviour> next = new ArrayDeque<>();
    private final MiddleRecords records = new MiddleRecords();
    private final Set<Socket> sockets = new HashSet<>();
    private MiddleBehaviour behaviour = MiddleBehaviour.NORMAL;
    private Optional<InetAddress> publicAddress = Optional.empty();
    private LongSupplier unixSeconds = () -> Instant.now().getEpochSecond();
    private LoopbackServer server;
    private int lastNumber;
    private int stood;
    private boolean released;
    /** In milliseconds; null while links live for ever. */
    private ToLongFunction<Random> lifetimes;

    private final ScheduledExecutorService reaper = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "middle-proxy-reaper");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * A request as a link carried it.
     *
     * @param link the number of that link
     * @param connectionId the client's connection, as the proxy numbers them
     * @param flags what kind of message it is, and in which framing, bits as the proxy sent them
     * @param clientIp the client's address, 16 bytes
     * @param clientPort the client's port
     * @param ourIp the proxy's address, 16 bytes
     * @param ourPort the proxy's port
     * @param adTag the ad tag, 16 bytes
     * @param messageBytes how long the client's message is
     */
    public record Request(
            int link,
            long connectionId,
            int flags,
            byte[] clientIp,
            int clientPort,
            byte[] ourIp,
            int ourPort,
            byte[] adTag,
            int messageBytes) {}

    private FakeMiddleProxy(InetAddress host, byte[] secret) throws IOException {
        this.secret = secret.clone();
        this.server = LoopbackServer.start("middle-proxy", host, this::serve);
        this.servers.add(server);
        this.address = server.address();
    }

    /** Starts one on an ephemeral port of 127.0.0.1. */
    public static FakeMiddleProxy start(byte[] secret) throws IOException {
        return start(LoopbackServer.ipv4(), secret);
    }

    /** Starts one on an ephemeral port of {@code host}, which is a loopback address. */
    public static FakeMiddleProxy start(InetAddress host, byte[] secret) throws IOException {
        return new FakeMiddleProxy(host, secret);
    }

    /** A secret as good as any. */
    public static byte[] anySecret() {
        return PatternStream.bytes(99, 128);
    }

    /** Returns where links lead. */
    public InetSocketAddress address() {
        return address;
    }

    /** Treats all new links like that, those excepted for which {@link #behaveNext} says otherwise. */
    public void behave(MiddleBehaviour value) {
        change(() -> behaviour = value);
    }

    /** Treats the next links like that, one after the other. */
    public void behaveNext(MiddleBehaviour... values) {
        change(() -> next.addAll(List.of(values)));
    }

    /** Believes the proxy's address to be another than the socket's, as behind NAT. */
    public void seeProxyAt(InetAddress value) {
        change(() -> publicAddress = Optional.of(value));
    }

    /** Tells the time by that clock, in Unix seconds. */
    public void tellTimeBy(LongSupplier value) {
        change(() -> unixSeconds = value);
    }

    /** Keeps no more requests than it has, only their count, or keeps them again. */
    public void recording(boolean value) {
        change(() -> records.recording(value));
    }

    /** Refuses connections until {@link #resume}; links stay. */
    public void suspend() {
        LoopbackServer suspended = read(() -> server);
        change(() -> server = null);
        suspended.stopListening();
    }

    /** Listens again on the same port. */
    public void resume() throws IOException {
        LoopbackServer resumed = LoopbackServer.start(
                "middle-proxy",
                new ServerSocket(address.getPort(), LoopbackServer.BACKLOG, address.getAddress()),
                this::serve);
        change(() -> {
            server = resumed;
            servers.add(resumed);
        });
    }

    /** Returns how many links stand now: past their handshake and not ended. */
    public int links() {
        return read(links::size);
    }

    /** Returns how many links ever stood. */
    public int stood() {
        return read(() -> stood);
    }

    /** Returns how many connections are open, links or not. */
    public int connections() {
        return read(sockets::size);
    }

    /** Returns how many connections were accepted so far. */
    public int accepted() {
        return read(() -> lastNumber);
    }

    /** Returns the last requests, in order of arrival. */
    public List<Request> requests() {
        return read(records::requests);
    }

    /** Returns how many requests there were. */
    public long requested() {
        return read(records::requested);
    }

    /** Returns the clients on standing links that neither side has closed. */
    public int clients() {
        return read(() ->
                links.values().stream().mapToInt(link -> link.clients().size()).sum());
    }

    /** Returns the connection ids on that link, by its {@link Request#link number}; none if it does not stand. */
    public Set<Long> clientsOf(int link) {
        return read(() -> links.containsKey(link) ? Set.copyOf(links.get(link).clients()) : Set.of());
    }

    /** Returns the most clients that any link ever had at the same time. */
    public int mostClients() {
        return read(records::mostClients);
    }

    /** Returns the connection ids that the proxy closed. */
    public Set<Long> closedByProxy() {
        return read(records::closedByProxy);
    }

    /** Returns how often the proxy closed a connection id that was not open any more. */
    public int strangersClosed() {
        return read(records::strangersClosed);
    }

    /** Returns the ids of the pongs that came. */
    public Set<Long> pongs() {
        return read(records::pongs);
    }

    /** Returns how many pings came from the proxy. */
    public int pings() {
        return read(records::pings);
    }

    /** Waits for something that the other methods tell; returns false if {@code limit} passes first. */
    public boolean await(BooleanSupplier condition, Duration limit) {
        return monitor.await(condition, limit);
    }

    /** Ends all links, with FIN or with RST. */
    public void killLinks(boolean reset) throws IOException {
        for (MiddleLink link : standing()) {
            kill(link, reset);
        }
    }

    /** Ends the link of that {@link Request#link number}, with FIN or with RST. Does nothing if it does not stand. */
    public void killLink(int number, boolean reset) throws IOException {
        MiddleLink link = read(() -> links.get(number));
        if (link != null) {
            kill(link, reset);
        }
    }

    /** Ends one of the links; which one, {@code choice} says. Does nothing if there is none. */
    public void killOneLink(int choice, boolean reset) throws IOException {
        List<MiddleLink> standing = standing();
        if (!standing.isEmpty()) {
            kill(standing.get(Math.floorMod(choice, standing.size())), reset);
        }
    }

    /** It may have ended by itself meanwhile. */
    private static void kill(MiddleLink link, boolean reset) throws IOException {
        try {
            if (reset) {
                link.socket().setSoLinger(true, 0);
            }
        } catch (SocketException gone) {
            if (!link.socket().isClosed()) {
                throw gone;
            }
        }
        link.socket().close();
    }

    /** Lets every link that stands from now on live for a random time between these two. */
    public void makeMortal(Duration shortest, Duration longest) {
        change(() -> lifetimes =
                random -> shortest.toMillis() + random.nextInt((int) (longest.toMillis() - shortest.toMillis())));
    }

    /** Lets links live for ever again. */
    public void makeImmortal() {
        change(() -> lifetimes = null);
    }

    private void limitLife(MiddleLink link) {
        Random random = new Random();
        reaper.schedule(
                () -> {
                    kill(link, random.nextBoolean());
                    return true;
                },
                lifetimes.applyAsLong(random),
                TimeUnit.MILLISECONDS);
    }

    /** Pings the proxy on all links. */
    public void ping(long id) throws IOException {
        for (MiddleLink link : standing()) {
            link.ping(id);
        }
    }

    /** Sends a payload on all links. */
    public void sendRaw(byte[] payload) throws IOException {
        for (MiddleLink link : standing()) {
            link.frames().write(payload);
        }
    }

    /** Sends an answer for a connection id on all links, whether it is on them or not. */
    public void answer(long connectionId, byte[] data) throws IOException {
        for (MiddleLink link : standing()) {
            link.answer(connectionId, data);
        }
    }

    /** Sends a frame that breaks the link on all links: its checksum, sequence or length is wrong. */
    public void breakLinks(String what) throws IOException {
        for (MiddleLink link : standing()) {
            link.frames().writeBroken(MiddleFrames.Break.valueOf(what));
        }
    }

    /** Lets links that are not read go on. */
    public void release() {
        change(() -> released = true);
    }

    /** Throws an {@link AssertionError} if a proxy sent anything that it must not. */
    public void assertHealthy() {
        read(() -> List.copyOf(servers)).forEach(LoopbackServer::assertHealthy);
    }

    /** Closes the listener and all links, then {@linkplain #assertHealthy() reports}. Idempotent. */
    @Override
    public void close() {
        release();
        reaper.shutdownNow();
        read(() -> List.copyOf(servers)).forEach(LoopbackServer::close);
    }

    private List<MiddleLink> standing() {
        return read(() -> List.copyOf(links.values()));
    }

    private void serve(Socket socket) throws IOException {
        MiddleLink link = read(() -> {
            sockets.add(socket);
            MiddleBehaviour how = next.isEmpty() ? behaviour : next.poll();
            try {
                return new MiddleLink(this, ++lastNumber, socket, how);
            } catch (IOException e) {
                throw new AssertionError("a socket that was just accepted has streams", e);
            }
        });
        change(() -> {});
        try {
            link.serve();
        } finally {
            change(() -> {
                links.remove(link.number());
                sockets.remove(socket);
            });
        }
    }

    void change(Runnable change) {
        monitor.change(change);
    }

    private <T> T read(Supplier<T> reader) {
        return monitor.read(reader);
    }

    byte[] secret() {
        return secret;
    }

    int seconds() {
        return (int) read(() -> unixSeconds).getAsLong();
    }

    Optional<InetAddress> publicAddress() {
        return read(() -> publicAddress);
    }

    void awaitRelease() {
        monitor.await(() -> released, Duration.ofDays(1));
    }

    /** Called under the lock. */
    void stand(MiddleLink link) {
        links.put(link.number(), link);
        stood++;
        if (lifetimes != null) {
            limitLife(link);
        }
    }

    /** Guarded by the lock. */
    MiddleRecords records() {
        return records;
    }
}
