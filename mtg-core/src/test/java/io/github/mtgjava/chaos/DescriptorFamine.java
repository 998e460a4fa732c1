package io.github.mtgjava.chaos;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Somebody in this process opens files until there are no descriptors, and takes those that others give back. Everything that
 * is needed meanwhile has to be loaded before: see {@link Preloading}.
 */
final class DescriptorFamine implements Trouble {

    /** Beyond that it is a matter of memory and patience. */
    private static final long MOST_DESCRIPTORS = 70_000;

    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Deque<FileInputStream> hoard = new ArrayDeque<>();
    private volatile boolean on;
    private @Nullable Thread hoarder;

    /** Whether the limit of this process can be reached. */
    static boolean isPossible() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                && system.getMaxFileDescriptorCount() <= MOST_DESCRIPTORS;
    }

    @Override
    public void begin() {
        on = true;
        takeAll();
        Thread thread = new Thread(this::takeAgainAndAgain, "chaos-hoarder");
        thread.setDaemon(true);
        thread.start();
        hoarder = thread;
    }

    private void takeAgainAndAgain() {
        while (on) {
            takeAll();
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    private void takeAll() {
        try {
            while (true) {
                hoard.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException none) {
            // That was the last one.
        }
    }

    @Override
    public void end() {
        on = false;
        try {
            if (hoarder != null) {
                hoarder.join();
            }
            while (!hoard.isEmpty()) {
                hoard.removeLast().close();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("nobody interrupts the conductor", interrupted);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
