package io.github.mtgjava.examples.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.mtgjava.Secret;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeOrigin;
import io.github.mtgjava.testkit.FakeTelegram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that {@code docs/scaling/run.sh} needs around its proxies: Telegram, the site, clients and probers. It says where it
 * listens, then does what it is told line by line on standard input and answers each line with one, {@code ok} or {@code
 * failed} and what it saw. Its arguments are the balancer's port and the address that clients and probers connect from; the
 * secret stands in {@code MTG_SECRET}.
 */
final class ScalingCheck {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final FakeTelegram telegram = FakeTelegram.start();
    private final TappedSite site = new TappedSite();
    private final InetSocketAddress balancer;
    private final ClientOptions client;
    private final ClientOptions recorded;
    private final List<FakeClient> held = new ArrayList<>();
    private Optional<Crowd> crowd = Optional.empty();
    private Optional<Crowd> newcomers = Optional.empty();

    private ScalingCheck(int port, InetAddress from, Secret secret) throws IOException {
        balancer = new InetSocketAddress("127.0.0.1", port);
        client = ClientOptions.tls(balancer, secret.key(), FakeOrigin.HOST).withLocalAddress(from);
        long now = Instant.now().getEpochSecond();
        recorded = client.withSeed(1).withClock(() -> now);
    }

    /** Runs until the end of its input. */
    public static void main(String[] args) throws Exception {
        ScalingCheck check = new ScalingCheck(
                Integer.parseInt(args[0]),
                InetAddress.getByName(args[1]),
                Secret.parse(System.getenv().getOrDefault("MTG_SECRET", "")));
        System.out.println("dc " + check.telegram.address().getPort());
        System.out.println("site " + check.site.port());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(check.answer(line));
        }
    }

    private String answer(String line) throws InterruptedException {
        String[] words = line.split(" ", 2);
        int number = words.length > 1 ? Integer.parseInt(words[1]) : 0;
        try {
            return switch (words[0]) {
                case "crowd" -> crowd(number);
                case "crowd-connections" -> crowdConnections(number);
                case "newcomers" -> newcomers(number);
                case "newcomers-leave" -> newcomersLeave();
                case "record" -> record();
                case "replay" -> shownTheSite(recorded, number, "recorded handshakes");
                case "refused" -> shownTheSite(client, number, "new clients");
                case "served" -> served(number);
                case "page" -> page();
                default -> failed("what is " + line + "?");
            };
        } catch (IOException | AssertionError failure) {
            return failed(failure.toString().lines().findFirst().orElse(""));
        }
    }

    private static String verdict(boolean good, String seen) {
        return (good ? "ok " : "failed ") + seen;
    }

    private static String failed(String why) {
        return verdict(false, why);
    }

    /** So many clients come and stay. */
    private String crowd(int size) throws InterruptedException {
        Crowd arriving = Crowd.thatStays(client, size);
        crowd = Optional.of(arriving);
        boolean all = arriving.isServed(LIMIT) && arriving.failures() == 0;
        return verdict(all, size + " clients echo through the balancer");
    }

    /** The crowd has had so many connections, none of its clients more than two, and all echo. */
    private String crowdConnections(int expected) throws InterruptedException {
        Crowd all = crowd.orElseThrow();
        boolean served = all.isServed(LIMIT);
        boolean good = served && all.connections() == expected && all.mostConnections() <= 2 && all.failures() == 0;
        String seen = (served ? "all " : "not all ") + all.size() + " clients echo, " + (all.connections() - all.size())
                + " of them on a second connection";
        String wrong = "; connections: " + all.connections() + ", not " + expected + ", the most of one: "
                + all.mostConnections() + ", not served: " + all.failures();
        return verdict(good, good ? seen : seen + wrong);
    }

    private String newcomers(int atOnce) {
        newcomers = Optional.of(Crowd.thatLooksIn(client, atOnce));
        return verdict(true, "clients come and go all the time");
    }

    private String newcomersLeave() {
        Crowd all = newcomers.orElseThrow();
        all.leave();
        boolean good = all.connections() > 0 && all.failures() == 0;
        return verdict(good, all.connections() + " clients came and went meanwhile; not served: " + all.failures());
    }

    /** The handshake is used by the one who made it, and he stays. */
    private String record() throws IOException {
        FakeClient first = recorded.connect();
        held.add(first);
        Crowd.converse(first);
        return verdict(true, "the client who made the handshake is served");
    }

    /** All are shown the site: it was told what they said, and they were told what it said. */
    private String shownTheSite(ClientOptions options, int count, String who) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        int shown = 0;
        for (int i = 0; i < count; i++) {
            byte[] hello = options.clientHello();
            // They stay until all have come, as a balancer counts who is there.
            Socket socket = options.openSocket();
            sockets.add(socket);
            socket.getOutputStream().write(hello);
            Optional<byte[]> answer = TappedSite.readRecord(socket);
            shown += answer.isPresent() && site.hasSeen(hello, answer.get()) ? 1 : 0;
        }
        for (Socket socket : sockets) {
            socket.close();
        }
        return verdict(shown == count, shown + " of " + count + " " + who + " were shown the site");
    }

    private String served(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            try (FakeClient next = client.connect()) {
                Crowd.converse(next);
            }
        }
        return verdict(true, count + " of " + count + " new clients were served");
    }

    /** A browser at the balancer gets the page, with the certificate of the site. */
    private String page() throws IOException {
        boolean good = site.site().fetch(balancer).contains(FakeOrigin.MARKER);
        return verdict(good, "a browser gets the site's page, and its certificate is the site's");
    }
}
