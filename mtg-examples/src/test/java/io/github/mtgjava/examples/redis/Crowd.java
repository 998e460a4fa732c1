package io.github.mtgjava.examples.redis;

import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Clients on threads of their own. Those who stay echo something ten times a second, and connect again when they are cut
 * off; those who only look in do so and connect again.
 */
final class Crowd {

    private static final long PAUSE_MILLIS = 100;

    private final List<Member> members;

    /** One client. The counters are written by its thread alone. */
    private static final class Member implements Runnable {

        private final ClientOptions options;
        private final boolean stays;
        private volatile int connections;
        private volatile int failures;
        private volatile int echoes;
        private volatile boolean leaving;

        Member(ClientOptions options, boolean stays) {
            this.options = options;
            this.stays = stays;
        }

        @Override
        @SuppressWarnings("NonAtomicOperationOnVolatileField")
        public void run() {
            try {
                while (!leaving) {
                    try (FakeClient client = options.connect()) {
                        connections++;
                        echo(client);
                    } catch (IOException | AssertionError notServed) {
                        failures++;
                    }
                    Thread.sleep(PAUSE_MILLIS);
                }
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        }

        /** To be cut off is not a failure; what comes of connecting again decides. */
        @SuppressWarnings("NonAtomicOperationOnVolatileField")
        private void echo(FakeClient client) throws InterruptedException {
            try {
                do {
                    converse(client);
                    echoes++;
                    Thread.sleep(PAUSE_MILLIS);
                } while (stays && !leaving);
            } catch (IOException cutOff) {
                failures += stays ? 0 : 1;
            }
        }
    }

    private Crowd(Stream<Member> members) {
        this.members = members.toList();
        for (Member member : this.members) {
            Thread thread = new Thread(member, "crowd");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** The DC says again what it is told. */
    static void converse(FakeClient client) throws IOException {
        byte[] said = new byte[100];
        ThreadLocalRandom.current().nextBytes(said);
        if (!Arrays.equals(said, client.echo(said))) {
            throw new AssertionError("the echo is not what was said");
        }
    }

    static Crowd thatStays(ClientOptions options, int size) {
        return new Crowd(IntStream.range(0, size).mapToObj(i -> new Member(options, true)));
    }

    static Crowd thatLooksIn(ClientOptions options, int size) {
        return new Crowd(IntStream.range(0, size).mapToObj(i -> new Member(options, false)));
    }

    /** Whether each client has something echoed from now on, in time. */
    boolean isServed(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        int[] before = members.stream().mapToInt(member -> member.echoes).toArray();
        // One echo may have been on its way.
        while (!IntStream.range(0, before.length).allMatch(i -> members.get(i).echoes > before[i] + 1)) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            Thread.sleep(10);
        }
        return true;
    }

    int size() {
        return members.size();
    }

    /** How many connections they had, all together. */
    int connections() {
        return members.stream().mapToInt(member -> member.connections).sum();
    }

    /** How many the one had who had most. */
    int mostConnections() {
        return members.stream().mapToInt(member -> member.connections).max().orElse(0);
    }

    /** How often one of them was not let in, or, of those who look in, was cut off. */
    int failures() {
        return members.stream().mapToInt(member -> member.failures).sum();
    }

    void leave() {
        members.forEach(member -> member.leaving = true);
    }
}
