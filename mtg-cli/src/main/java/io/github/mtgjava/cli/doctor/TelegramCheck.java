package io.github.mtgjava.cli.doctor;

import io.github.mtgjava.IpFamily;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;

/** Whether Telegram's data centres answer, over which family, and how fast. Asks all addresses at the same time. */
final class TelegramCheck implements Check {

    private static final String NAME = "telegram";

    private final Map<Integer, List<InetSocketAddress>> dcs;
    private final Set<IpFamily> families;
    private final Probe probe;

    /** Asks a DC. */
    @FunctionalInterface
    interface Probe {
        /** How long the answer took. */
        Duration roundTrip(InetSocketAddress address, int dc) throws IOException;
    }

    /** What one address of a DC said: a time, or why there is none. */
    private record Reply(int dc, IpFamily family, Optional<Duration> time, String error) {}

    /**
     * Makes one.
     *
     * @param dcs addresses of each DC, in the order of the report
     * @param families that may be used
     */
    TelegramCheck(Map<Integer, List<InetSocketAddress>> dcs, Set<IpFamily> families, Probe probe) {
        this.dcs = dcs;
        this.families = families;
        this.probe = probe;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Finding> run() throws InterruptedException {
        return TelegramVerdict.of(NAME, dcs.keySet(), replies());
    }

    /** For each DC and family that has addresses, the fastest answer or the first failure. */
    private List<TelegramVerdict.Reach> replies() throws InterruptedException {
        List<FutureTask<Reply>> tasks = new ArrayList<>();
        dcs.forEach((dc, addresses) -> addresses.forEach(address -> families.stream()
                .filter(family -> family.has(address.getAddress()))
                .forEach(family -> tasks.add(Daemons.start("dc" + dc, () -> ask(dc, family, address))))));
        List<Reply> replies = Daemons.await(tasks);
        List<TelegramVerdict.Reach> reached = new ArrayList<>();
        for (int dc : dcs.keySet()) {
            for (IpFamily family : IpFamily.values()) {
                List<Reply> of = replies.stream()
                        .filter(reply -> reply.dc == dc && reply.family == family)
                        .collect(Collectors.toList());
                if (!of.isEmpty()) {
                    Optional<Duration> best =
                            of.stream().flatMap(reply -> reply.time.stream()).min(Duration::compareTo);
                    reached.add(new TelegramVerdict.Reach(dc, family, best, of.get(0).error));
                }
            }
        }
        return reached;
    }

    private Reply ask(int dc, IpFamily family, InetSocketAddress address) {
        try {
            return new Reply(dc, family, Optional.of(probe.roundTrip(address, dc)), "");
        } catch (IOException e) {
            return new Reply(dc, family, Optional.empty(), String.valueOf(e.getMessage()));
        }
    }
}
