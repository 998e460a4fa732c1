package io.github.mtgjava.endtoend;

import static io.github.mtgjava.endtoend.BalancedCase.IPV4_CLIENT;
import static io.github.mtgjava.endtoend.BalancedCase.IPV4_SERVICE;
import static io.github.mtgjava.endtoend.BalancedCase.IPV6_CLIENT;
import static io.github.mtgjava.endtoend.BalancedCase.IPV6_SERVICE;
import static io.github.mtgjava.endtoend.BalancedCase.LOCAL;
import static io.github.mtgjava.endtoend.BalancedCase.text;
import static io.github.mtgjava.endtoend.BalancedCase.v2;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeClient.Mode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Behind a load balancer lists and limits go by whom it speaks for; the balancer itself is on no list and has no limit. */
@Timeout(120)
class BalancedLimitsIT {

    private static final byte[] IPV4_HEADER = v2(IPV4_CLIENT, IPV4_SERVICE);
    private static final byte[] IPV6_HEADER = v2(IPV6_CLIENT, IPV6_SERVICE);

    private static FakeClient client(BalancedCase balanced, byte[] header) throws IOException {
        return balanced.running.client().withPreamble(header).connect();
    }

    private static void assertServed(FakeClient client) throws IOException {
        assertThat(client.echo(new byte[10])).hasSize(10);
    }

    @Test
    void listsAreAskedAboutWhoIsToldAndNobodyElse() throws Exception {
        List<InetAddress> asked = new CopyOnWriteArrayList<>();
        try (BalancedCase balanced = new BalancedCase(
                Mode.TLS,
                builder -> builder.clientFilter(client -> {
                    asked.add(client);
                    return !client.equals(IPV4_CLIENT.getAddress());
                }))) {
            byte[] hello = balanced.running.client().clientHello();
            try (Socket blocked = balanced.send(IPV4_HEADER, hello);
                    FakeClient other = client(balanced, IPV6_HEADER)) {
                balanced.running.events.awaitEvent("cloaked 1 BLOCKED");
                assertThat(balanced.origin.awaitVisit(0).awaitBytes(hello.length))
                        .isEqualTo(hello);
                assertThat(blocked.isConnected()).isTrue();
                assertServed(other);
                assertThat(asked).containsExactlyInAnyOrder(IPV4_CLIENT.getAddress(), IPV6_CLIENT.getAddress());
            }
        }
    }

    /** Whether the second one is refused, where one connection of an address is allowed. */
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, ::ffff:192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "2001:db8::1, 2001:db8::ffff:ffff:ffff:ffff, true",
        "2001:db8::1, 2001:db8:0:1::1, false",
        "192.0.2.1, 2001:db8::1, false"
    })
    void anAddressHasSoManyConnectionsOverAllBalancers(String one, String other, boolean refused) throws Exception {
        try (BalancedCase balanced = new BalancedCase(Mode.TLS, builder -> builder.maxConnectionsPerAddress(1));
                FakeClient first = client(balanced, header(one))) {
            byte[] hello = balanced.running.client().clientHello();
            try (Socket second = balanced.send(header(other), hello)) {
                if (refused) {
                    balanced.running.events.awaitEvent("cloaked 2 ADDRESS_LIMIT");
                    assertThat(balanced.origin.awaitVisit(0).awaitBytes(hello.length))
                            .isEqualTo(hello);
                } else {
                    Hellos.readFlight(second);
                }
            }
            assertServed(first);
        }
    }

    private static byte[] header(String client) {
        String family = client.indexOf(':') < 0 ? "TCP4" : "TCP6";
        String service = client.indexOf(':') < 0 ? "203.0.113.5" : "2001:db8::2";
        return text("PROXY " + family + " " + client + " " + service + " 56324 443\r\n");
    }

    @Test
    void whoLeavesMayComeBackAndABalancerMayHaveManyConnections() throws Exception {
        try (BalancedCase balanced = new BalancedCase(Mode.TLS, builder -> builder.maxConnectionsPerAddress(1))) {
            for (int i = 0; i < 3; i++) {
                try (Socket silent = balanced.running.client().openSocket();
                        Socket halfAHeader = balanced.send(Arrays.copyOf(IPV4_HEADER, 20));
                        FakeClient client = client(balanced, IPV4_HEADER)) {
                    assertServed(client);
                    assertThat(silent.isConnected() && halfAHeader.isConnected())
                            .isTrue();
                    // They would be a visit each.
                    silent.setSoLinger(true, 0);
                    halfAHeader.setSoLinger(true, 0);
                }
                balanced.running.await(
                        "all are gone", () -> balanced.running.stats().open() == 0);
            }
            assertThat(balanced.running.refused(RefusalReason.ADDRESS_LIMIT)).isZero();
        }
    }

    /** It is one who speaks for itself. */
    @Test
    void aBalancerThatTellsNobodyCountsItself() throws Exception {
        try (BalancedCase balanced = new BalancedCase(Mode.TLS, builder -> builder.maxConnectionsPerAddress(1));
                FakeClient first = client(balanced, LOCAL);
                Socket second = balanced.send(text("PROXY UNKNOWN\r\n"))) {
            balanced.running.events.awaitEvent("cloaked 2 ADDRESS_LIMIT");
            assertThat(second.isConnected()).isTrue();
            assertServed(first);
        }
    }

    @Test
    void aHeaderAndTheHandshakeBehindItAreOneHandshake() throws Exception {
        try (BalancedCase balanced = new BalancedCase(Mode.TLS, builder -> builder.maxHandshakes(1))) {
            try (FakeClient alone = client(balanced, IPV4_HEADER)) {
                assertServed(alone);
            }
            balanced.running.await("it is gone", () -> balanced.running.stats().open() == 0);
            try (Socket first = balanced.running.client().openSocket()) {
                first.setSoLinger(true, 0);
                balanced.sendAndAwait(first, IPV4_HEADER);
                assertThat(balanced.running.stats().handshakes()).isEqualTo(1);
                try (Socket second = balanced.send(IPV6_HEADER)) {
                    balanced.running.events.awaitEvent("cloaked 3 HANDSHAKE_LIMIT");
                    assertThat(second.isConnected()).isTrue();
                }
            }
            balanced.running.await(
                    "they are gone", () -> balanced.running.stats().handshakes() == 0);
        }
    }

    @Test
    void aHandshakeBeginsBehindTheHeader() throws Exception {
        try (BalancedCase balanced = new BalancedCase(Mode.TLS, builder -> builder.maxHandshakeRate(1));
                Socket silent = balanced.running.client().openSocket();
                Socket halfAHeader = balanced.send(Arrays.copyOf(IPV4_HEADER, 20));
                FakeClient first = client(balanced, IPV4_HEADER);
                Socket second = balanced.send(IPV6_HEADER)) {
            balanced.running.events.awaitEvent("cloaked 4 HANDSHAKE_RATE");
            assertThat(silent.isConnected() && halfAHeader.isConnected() && second.isConnected())
                    .isTrue();
            assertServed(first);
        }
    }

    @Test
    void farTooManyOfAnAddressAreClosedAtOnceAndOthersAreServed() throws Exception {
        InetSocketAddress greedy = new InetSocketAddress("192.0.2.9", 1);
        try (BalancedCase balanced = new BalancedCase(Mode.SECURED, builder -> builder.maxConnectionsPerAddress(1))) {
            List<Socket> sockets = new CopyOnWriteArrayList<>();
            for (int i = 0; i < 65; i++) {
                sockets.add(balanced.send(v2(greedy, IPV4_SERVICE)));
            }
            balanced.running.await(
                    "all but one are refused", () -> balanced.running.refused(RefusalReason.ADDRESS_LIMIT) == 64);
            try (Socket tooMuch = balanced.send(v2(greedy, IPV4_SERVICE))) {
                assertThat(tooMuch.getInputStream().read()).isEqualTo(-1);
            }
            try (FakeClient other = client(balanced, IPV4_HEADER)) {
                assertServed(other);
            }
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }
}
