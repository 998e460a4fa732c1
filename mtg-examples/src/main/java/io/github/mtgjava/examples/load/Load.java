package io.github.mtgjava.examples.load;

import io.github.mtgjava.MtProxy;
import io.github.mtgjava.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Puts a running proxy, whoever wrote it, under load and measures it: as a fake Telegram DC, as its clients, and, for
 * comparison, as the proxy itself. Each role is a process of its own; {@code demo} has all of them in one.
 *
 * <pre>
 * mtg-examples/example load.Load demo --scenario echo
 * mtg-examples/example load.Load run --scenario down --proxy HOST:PORT --secret SECRET
 * </pre>
 *
 * <p>The second one goes to any proxy, which has to lead its clients to a fake DC: {@code load.Load dc --port 9000} is one,
 * and {@code mtg-cli run --dc 2=127.0.0.1:9000} leads there.
 *
 * <p>The clients print one line of JSON with throughput, percentiles of the latency and errors; nothing else is printed to
 * standard output. Standard error tells how far they are.
 */
public final class Load {

    private static final String USAGE = String.join(
            System.lineSeparator(),
            "usage: load.Load dc --port PORT [--host ADDRESS]",
            "       load.Load proxy --secret HEX --port PORT --dc-port PORT",
            "       load.Load run --proxy HOST:PORT --secret HEX --scenario down|up|echo|connect|idle [options]",
            "       load.Load demo --scenario down|up|echo|connect|idle [options]",
            "options of run and demo:",
            "  --connections N      16; in 'connect' so many at a time",
            "  --bytes N            of all downloads or uploads together, 1G (k, M, G are powers of ten)",
            "  --messages N         of all echoes together, 100k",
            "  --handshakes N       of 'connect', 5k",
            "  --seconds N          go on so long instead; 'idle' holds its connections so long, 5",
            "  --warm-up N          do so much before measuring (bytes, messages, handshakes), 0",
            "  --message-bytes N    of one echoed message, 200",
            "  --record-bytes N     payload of the longest FakeTLS record sent, 16384; Telegram's apps use 2878",
            "  --at-once N          handshakes at a time while connections are opened, 64",
            "  --max-errors N       fail when more clients have failed than that, 0; fewer are counted in the result",
            "  --quiet              say nothing on the way",
            "  --dc N               the DC to ask for, 2",
            "  --direct             without a secret: to the DC itself, or to a plain relay before it",
            "  --check, --no-check  compare every byte, or none; otherwise a sample",
            "  --proxy-pid PID      the proxy's process on this machine: adds its CPU time and memory (Linux)");

    private Load() {}

    /** Runs the sub-command that the first argument names. Exits with 1 if a run fails, with 2 for wrong arguments. */
    public static void main(String[] args) throws InterruptedException {
        try {
            switch (args.length > 0 ? args[0] : "") {
                case "dc" -> serveDc(args);
                case "proxy" -> serveProxy(args);
                case "run" -> System.out.println(run(Plan.parse(args)));
                case "demo" -> System.out.println(demo(args));
                default -> throw new IllegalArgumentException("which role: dc, proxy, run or demo?");
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(USAGE);
            System.exit(2);
        } catch (IOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static Result run(Plan plan) throws IOException {
        return Run.of(plan, plan.quiet() ? Progress.none() : Progress.onStandardError());
    }

    /** All roles in this process: shows what is printed, and measures little, as they share its memory and its compiler. */
    private static Result demo(String[] args) throws IOException {
        Secret secret = Secret.generateTls("localhost");
        try (Dc dc = Dc.listen(InetAddress.getLoopbackAddress(), 0);
                MtProxy proxy = proxy(secret, 0, dc.address())) {
            Thread thread = new Thread(dc, "load-dc");
            thread.setDaemon(true);
            thread.start();
            proxy.start();
            String address = "127.0.0.1:" + proxy.address().getPort();
            String[] all = Arrays.copyOf(args, args.length + 4);
            List<String> added = List.of("--proxy", address, "--secret", secret.hex());
            System.arraycopy(added.toArray(), 0, all, args.length, added.size());
            return run(Plan.parse(all));
        }
    }

    private static void serveDc(String[] args) throws IOException {
        Arguments arguments = new Arguments(args, 1, Set.of("port", "host"), Set.of());
        InetAddress host = InetAddress.getByName(arguments.text("host").orElse("127.0.0.1"));
        try (Dc dc = Dc.listen(host, port(arguments, "port", 0))) {
            System.err.println("dc listens on " + dc.address());
            dc.run();
        }
    }

    private static void serveProxy(String[] args) throws InterruptedException {
        Arguments arguments = new Arguments(args, 1, Set.of("secret", "port", "dc-port"), Set.of());
        InetSocketAddress dc = loopback(port(arguments, "dc-port", 1));
        try (MtProxy proxy = proxy(Secret.parse(arguments.required("secret")), port(arguments, "port", 0), dc)) {
            proxy.start();
            System.err.println("proxy listens on " + proxy.address());
            Thread.currentThread().join();
        }
    }

    /** A proxy with one DC only, whatever clients ask for. It looks up no names, not even the host of its secret. */
    static MtProxy proxy(Secret secret, int port, InetSocketAddress dc) {
        return MtProxy.builder()
                .secret(secret)
                .bind(loopback(port))
                .telegramDirectory(id -> List.of(dc))
                // There are no strangers to show a site to.
                .cloakAddress(dc)
                .cloakProbeInterval(Duration.ZERO)
                .hostResolver(host -> {
                    throw new UnknownHostException(host);
                })
                .build();
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static int port(Arguments arguments, String name, int lowest) {
        return (int) arguments.number(name, 0, lowest, 65_535);
    }
}
