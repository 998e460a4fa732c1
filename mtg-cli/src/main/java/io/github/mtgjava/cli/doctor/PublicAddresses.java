package io.github.mtgjava.cli.doctor;

import io.github.mtgjava.IpFamily;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** How the world sees this machine, as the operator says and as services tell. Asked once; any thread may wait for it. */
final class PublicAddresses {

    private final Map<IpFamily, InetSocketAddress> given;
    private final boolean asks;
    private final Resolver resolver;
    private final FutureTask<Map<IpFamily, InetAddress>> found;

    /** Asks services for the addresses of all families. */
    @FunctionalInterface
    interface Lookup {
        /** Those that somebody told in time. */
        Map<IpFamily, InetAddress> find(Set<IpFamily> families) throws InterruptedException;
    }

    /**
     * Makes them.
     *
     * @param given by the operator, resolved or not
     * @param asks whether there is anybody to ask
     */
    PublicAddresses(Map<IpFamily, InetSocketAddress> given, boolean asks, Lookup lookup, Resolver resolver) {
        this.given = new EnumMap<>(IpFamily.class);
        this.given.putAll(given);
        this.asks = asks;
        this.resolver = resolver;
        this.found =
                new FutureTask<>(() -> asks ? lookup.find(Set.of(IpFamily.values())) : Map.<IpFamily, InetAddress>of());
    }

    /** Whether services are asked. */
    boolean asks() {
        return asks;
    }

    /** What the operator says. */
    Map<IpFamily, InetSocketAddress> given() {
        return given;
    }

    /** What services tell; waits for them. */
    Map<IpFamily, InetAddress> found() throws InterruptedException {
        // Does nothing if another thread has begun.
        found.run();
        try {
            return found.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("looking up the public address failed", e.getCause());
        }
    }

    /** The addresses that the operator means; looks names up. Empty if there is no such name. */
    List<InetAddress> meant(IpFamily family) {
        InetSocketAddress address = given.get(family);
        if (address == null) {
            return List.of();
        }
        try {
            return (address.isUnresolved() ? resolver.lookUp(address.getHostString()) : List.of(address.getAddress()))
                    .stream().filter(family::has).toList();
        } catch (UnknownHostException unknown) {
            return List.of();
        }
    }

    /** All of them, given and found: what nobody but this machine should answer at. */
    Set<InetAddress> publicAddresses() throws InterruptedException {
        List<InetAddress> all = new ArrayList<>(found().values());
        for (IpFamily family : IpFamily.values()) {
            all.addAll(meant(family));
        }
        return new LinkedHashSet<>(all);
    }
}
