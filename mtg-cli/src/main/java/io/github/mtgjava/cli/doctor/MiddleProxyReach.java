package io.github.mtgjava.cli.doctor;

import io.github.mtgjava.IpFamily;
import io.github.mtgjava.cli.Words;
import io.github.mtgjava.transport.middleproxy.ProxyAddress;
import io.github.mtgjava.transport.middleproxy.ProxyList;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;

/**
 * Whether the middle proxies of Telegram's lists take connections. Asks one of each entry over each family, all at the same
 * time. That they take our keys is not looked at: clock and public address tell.
 */
final class MiddleProxyReach {

    /** Of one family: more entries than Telegram's lists have. Each costs a thread. */
    static final int MAX_ASKED = 16;

    private static final Comparator<Integer> DC_THEN_MEDIA =
            Comparator.<Integer>comparingInt(Math::abs).thenComparing(Comparator.reverseOrder());

    private final Set<IpFamily> families;
    private final Dial dial;

    /** Connects and hangs up. */
    @FunctionalInterface
    interface Dial {
        /** Returns if somebody is there. */
        void connect(InetSocketAddress address) throws IOException;
    }

    /** What came of a connection: nothing, or why there is none. */
    private record Reply(int dc, InetSocketAddress address, Optional<String> error) {

        IpFamily family() {
            return IpFamily.of(address.getAddress());
        }
    }

    /**
     * Makes one.
     *
     * @param families that may be used
     */
    MiddleProxyReach(Set<IpFamily> families, Dial dial) {
        // Always IPv4 first, as in the report.
        this.families = new TreeSet<>(families);
        this.dial = dial;
    }

    /** The findings; none if there is nothing in the lists, which is for others to say. */
    List<Finding> of(String check, List<ProxyList> lists) throws InterruptedException {
        if (lists.stream().allMatch(ProxyList::isEmpty)) {
            return List.of();
        }
        List<Reply> replies = replies(lists);
        if (replies.stream().allMatch(reply -> reply.error.isPresent())) {
            return List.of(Finding.fail(
                    check,
                    "no middle proxy answers (" + firstError(replies)
                            + "), so no client with the ad tag is served: check the firewall and the way to Telegram"));
        }
        List<Finding> findings = new ArrayList<>();
        for (IpFamily family : IpFamily.values()) {
            List<Reply> of =
                    replies.stream().filter(reply -> reply.family() == family).toList();
            if (!of.isEmpty()) {
                findings.add(verdict(check, family, of));
            }
        }
        return findings;
    }

    private List<Reply> replies(List<ProxyList> lists) throws InterruptedException {
        List<FutureTask<Reply>> tasks = new ArrayList<>();
        families.forEach(family -> asked(lists, family)
                .forEach((address, dc) -> tasks.add(Daemons.start("middle", () -> ask(dc, address)))));
        return Daemons.await(tasks);
    }

    /** The first address of each entry, and the entry; that of several is asked once. */
    private static Map<InetSocketAddress, Integer> asked(List<ProxyList> lists, IpFamily family) {
        Map<InetSocketAddress, Integer> asked = new LinkedHashMap<>();
        lists.stream()
                .flatMap(list -> list.dcs().stream())
                .distinct()
                .sorted(DC_THEN_MEDIA)
                .forEach(dc -> lists.stream()
                        .flatMap(list -> list.addresses(dc).stream())
                        .map(MiddleProxyReach::socketAddress)
                        .filter(address -> family.has(address.getAddress()))
                        .findFirst()
                        .filter(address -> asked.size() < MAX_ASKED)
                        .ifPresent(address -> asked.putIfAbsent(address, dc)));
        return asked;
    }

    private static InetSocketAddress socketAddress(ProxyAddress address) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address.ip()), address.port());
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException("an address of the list has 4 or 16 bytes", wrongLength);
        }
    }

    private Reply ask(int dc, InetSocketAddress address) {
        try {
            dial.connect(address);
            return new Reply(dc, address, Optional.empty());
        } catch (IOException e) {
            return new Reply(dc, address, Optional.of(String.valueOf(e.getMessage())));
        }
    }

    private static Finding verdict(String check, IpFamily family, List<Reply> replies) {
        List<Reply> silent =
                replies.stream().filter(reply -> reply.error.isPresent()).toList();
        if (silent.size() == replies.size()) {
            String other = family == IpFamily.IPV4 ? "only-ipv6" : "only-ipv4";
            return Finding.warn(
                    check,
                    "no middle proxy answers over " + family + " (" + firstError(silent)
                            + "): fine, or say --prefer-ip " + other);
        }
        String share =
                replies.size() - silent.size() + " of " + replies.size() + " middle proxies answer over " + family;
        if (silent.isEmpty()) {
            return Finding.ok(check, share);
        }
        String names = silent.stream()
                .map(reply -> "DC" + reply.dc + " at " + Words.of(reply.address))
                .collect(Collectors.joining(", "));
        return Finding.warn(
                check,
                share + ", without " + names + " (" + firstError(silent)
                        + "): fine for a while, as the proxy tries the others of these DCs, too");
    }

    private static String firstError(List<Reply> replies) {
        return replies.stream()
                .flatMap(reply -> reply.error.stream())
                .findFirst()
                .orElse("there is no address of the family that is allowed");
    }
}
