package io.github.mtgjava.transport.nio;

import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A program for a process that may open few files: it takes all descriptors away from an acceptor, gives them back, and
 * fails unless the acceptor waited calmly and then went on.
 */
final class StarvedAcceptor {
    private static final Duration STARVATION = Duration.ofMillis(700);
    /** After a second connections are turned away. */
    private static final Duration SHORT = Duration.ofMillis(950);

    private static final int MAX_TRIES = 5;
    /** A few per attempt, and the back-off leaves room for some seven; a loop that spins asks thousands of times. */
    private static final int MOST_LOOKS_AT_THE_CLOCK = 100;

    private final BlockingQueue<SocketChannel> accepted = new LinkedBlockingQueue<>();
    private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    private final AtomicInteger looksAtTheClock = new AtomicInteger();
    private final Deque<FileInputStream> hoard = new ArrayDeque<>();
    private final ServerSocketChannel listener =
            Acceptor.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));

    private StarvedAcceptor() throws IOException {}

    /** Run by {@code AcceptorStarvationTest}; ends with an exception if anything is wrong. */
    public static void main(String[] arguments) throws Exception {
        new StarvedAcceptor().run();
    }

    private void run() throws Exception {
        EventLoop loop = new EventLoop("starved", this::nanos, failures::add, BufferBudget.unlimited());
        loop.start();
        loop.execute(() -> startAccepting(loop));
        // Once with plenty of descriptors, so that every class is loaded: that takes descriptors, too.
        SocketChannel client = SocketChannel.open();
        connectAndExpect(client, "an acceptor with descriptors accepts");
        starve();
        feed();

        for (int tries = 1; !outlivesAShortStarvation(); tries++) {
            require(tries < MAX_TRIES, "the machine is too slow to starve anybody for a short time only");
        }
        connectAndExpect(SocketChannel.open(), "and so is what comes later");

        SocketChannel unlucky = SocketChannel.open();
        // Loads the class that is needed for that.
        Channels.close(SocketChannel.open());
        starve();
        unlucky.connect(listener.getLocalAddress());
        require(unlucky.read(ByteBuffer.allocate(1)) < 0, "whoever would wait for long is turned away");
        require(accepted.isEmpty(), "it was not accepted");
        feed();
        connectAndExpect(SocketChannel.open(), "the spare descriptor is no loss to others");
        loop.shutdown();
        require(loop.join(10_000), "the loop ends");
        require(failures.isEmpty(), "it is no crash: " + failures);
    }

    /** False if it took so long that nothing can be said of it: whoever waits for long is turned away. */
    private boolean outlivesAShortStarvation() throws Exception {
        SocketChannel starved = SocketChannel.open();
        long began = System.nanoTime();
        starve();
        require(hoard.size() > 1, "there are descriptors to take away");
        int before = looksAtTheClock.get();
        starved.connect(listener.getLocalAddress());
        boolean patient = next(STARVATION) == null;
        int looks = looksAtTheClock.get() - before;
        feed();
        if (System.nanoTime() - began > SHORT.toNanos()) {
            // It may have been accepted or not; the next one shall not be taken for it.
            Channels.close(starved);
            next(STARVATION);
            return false;
        }
        require(patient, "nothing is accepted without descriptors");
        require(looks > 0 && looks < MOST_LOOKS_AT_THE_CLOCK, "backing off is no busy waiting: " + looks);
        require(next(Duration.ofSeconds(10)) != null, "what was queued meanwhile is accepted in the end");
        return true;
    }

    private void startAccepting(EventLoop loop) {
        try {
            Acceptor.start(loop, listener, SocketOptions.AUTOTUNED, accepted::add);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void connectAndExpect(SocketChannel client, String what) throws Exception {
        client.connect(listener.getLocalAddress());
        require(next(Duration.ofSeconds(10)) != null, what);
    }

    private @Nullable SocketChannel next(Duration limit) throws InterruptedException {
        return accepted.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private long nanos() {
        looksAtTheClock.incrementAndGet();
        return System.nanoTime();
    }

    /** Opens files until the system refuses. */
    private void starve() {
        try {
            while (true) {
                hoard.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException refused) {
            require(String.valueOf(refused.getMessage()).contains("Too many open files"), "the limit: " + refused);
        }
    }

    private void feed() throws IOException {
        while (!hoard.isEmpty()) {
            hoard.removeLast().close();
        }
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError("not so: " + what);
        }
    }
}
