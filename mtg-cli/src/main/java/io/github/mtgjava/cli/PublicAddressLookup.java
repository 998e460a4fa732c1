package io.github.mtgjava.cli;

import io.github.mtgjava.IpFamily;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks services on the Internet what address this machine has. Each is asked over the family in question, so the answer
 * is of that family. Works on daemon threads and is bounded in time, whatever the services and the name servers do.
 */
public final class PublicAddressLookup {

    /** What all of it may take. */
    static final Duration DEFAULT_LIMIT = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(PublicAddressLookup.class);

    private final List<URI> services;
    private final Duration limit;

    /**
     * @param services asked in this order until one gives an address; none: nothing is ever found
     * @param limit on the whole look-up, shared out among the services
     */
    public PublicAddressLookup(List<URI> services, Duration limit) {
        this.services = List.copyOf(services);
        this.limit = limit;
    }

    /** Asks nobody, and finds nothing. */
    static PublicAddressLookup never() {
        return new PublicAddressLookup(List.of(), DEFAULT_LIMIT);
    }

    /** Asks the services of an option, unless one of them says never to. */
    static PublicAddressLookup of(List<LookupUrl> urls) {
        return of(urls, DEFAULT_LIMIT);
    }

    /** The same with a limit on the whole look-up. */
    public static PublicAddressLookup of(List<LookupUrl> urls, Duration limit) {
        boolean never = urls.stream().anyMatch(service -> service.url().isEmpty());
        List<URI> services =
                urls.stream().flatMap(service -> service.url().stream()).toList();
        return new PublicAddressLookup(never ? List.of() : services, limit);
    }

    /** Whether there are services to ask. */
    boolean asksSomebody() {
        return !services.isEmpty();
    }

    /** The addresses of these families, without those that nobody could tell in time. */
    public Map<IpFamily, InetAddress> find(Set<IpFamily> families) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        Map<IpFamily, FutureTask<Optional<InetAddress>>> tasks = new EnumMap<>(IpFamily.class);
        if (!services.isEmpty()) {
            families.forEach(family -> tasks.put(family, start(family, deadline)));
        }
        Map<IpFamily, InetAddress> found = new EnumMap<>(IpFamily.class);
        for (Map.Entry<IpFamily, FutureTask<Optional<InetAddress>>> task : tasks.entrySet()) {
            await(task.getValue(), deadline).ifPresent(address -> found.put(task.getKey(), address));
        }
        return found;
    }

    private FutureTask<Optional<InetAddress>> start(IpFamily family, long deadline) {
        FutureTask<Optional<InetAddress>> task = new FutureTask<>(() -> ask(family, deadline));
        Thread thread = new Thread(task, "mtg-public-" + family);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static Optional<InetAddress> await(FutureTask<Optional<InetAddress>> task, long deadline)
            throws InterruptedException {
        try {
            return task.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            // The interrupt closes the thread's socket.
            task.cancel(true);
        } catch (ExecutionException e) {
            LOG.warn("looking up the public address failed", e.getCause());
        }
        return Optional.empty();
    }

    private Optional<InetAddress> ask(IpFamily family, long deadline) {
        for (int i = 0; i < services.size(); i++) {
            long now = System.nanoTime();
            long share = Math.max(0, deadline - now) / (services.size() - i);
            try {
                String answer = HttpGet.firstLine(services.get(i), family, now + share);
                Optional<InetAddress> address = IpLiteral.parse(answer).filter(family::has);
                if (address.isPresent()) {
                    return address;
                }
                failed(services.get(i), family, "the answer is no " + family + " address");
            } catch (IOException e) {
                failed(services.get(i), family, e.toString());
            }
        }
        return Optional.empty();
    }

    private static void failed(URI service, IpFamily family, String error) {
        LOG.atDebug()
                .addKeyValue("event", "public_address_lookup_failed")
                .addKeyValue("service", WebUrl.plain(service))
                .addKeyValue("family", family)
                .addKeyValue("error", error)
                .log("a service did not tell the public address");
    }
}
