package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.IpFamily;
import io.github.mtgjava.LinkFailureReason;
import io.github.mtgjava.MtProxyBuilder;
import io.github.mtgjava.Socks5Server;
import io.github.mtgjava.testkit.FakeBootstrap;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.FakeMiddleProxy;
import io.github.mtgjava.testkit.FakeSocks5;
import io.github.mtgjava.testkit.FakeSocks5.Behaviour;
import io.github.mtgjava.testkit.FakeSocks5.Request;
import io.github.mtgjava.testkit.MessageClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links to middle proxies through SOCKS5 servers: their keys need what the server says of the address it connects from. */
@Timeout(120)
class Socks5LinkIT {

    private static final String SAID = "198.51.100.7";

    private FakeSocks5 server;

    @BeforeEach
    void startServer() throws IOException {
        server = FakeSocks5.start();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private static UnaryOperator<MtProxyBuilder> through(FakeSocks5... servers) {
        List<Socks5Server> list =
                Stream.of(servers).map(one -> Socks5Server.at(one.address())).toList();
        return builder -> builder.socks5(list);
    }

    private static void talk(AdTagCase running) throws IOException {
        try (MessageClient client = running.client()) {
            client.echo(4);
            client.burst(10, 5000);
        }
    }

    @Test
    void linksStandThroughAServer() throws Exception {
        try (AdTagCase running = AdTagCase.start(Mode.SECURED, through(server))) {
            talk(running);
            assertThat(server.requests()).containsExactly(new Request(running.middle.address(), false));
            assertThat(running.middle.accepted()).isEqualTo(1);
        }
    }

    @Test
    void linksStandOverIpv6() throws Exception {
        InetAddress loopback = Loopback.of(IpFamily.IPV6);
        FakeMiddleProxy middle = FakeMiddleProxy.start(loopback, FakeMiddleProxy.anySecret());
        FakeBootstrap site = AdTagCase.siteOf(middle.address());
        try (AdTagCase running = AdTagCase.start(Mode.SECURED, middle, site, through(server))) {
            talk(running);
            assertThat(server.requests()).containsExactly(new Request(middle.address(), false));
        }
    }

    @Test
    void anotherServerIsUsedWhereOneFails() throws Exception {
        try (FakeSocks5 bad = FakeSocks5.start()) {
            bad.behave(Behaviour.CLOSES_AFTER_METHODS);
            try (AdTagCase running = AdTagCase.start(Mode.SECURED, through(bad, server))) {
                talk(running);
                assertThat(running.links().failed().get(LinkFailureReason.UNREACHABLE))
                        .isEqualTo(1);
                running.middle.killLinks(false);
                running.await("it is noticed", () -> running.links().open() == 0);
                talk(running);
                assertThat(bad.accepted()).isEqualTo(1);
            }
        }
    }

    @Test
    void aPublicAddressThatTheServerSaysCountsMoreThanOurs() throws Exception {
        server.sayAddress(HexFormat.of().parseHex("01c6336407"));
        try (AdTagCase running = AdTagCase.start(
                Mode.SECURED,
                builder -> through(server).apply(builder).publicIpv4(new InetSocketAddress("203.0.113.5", 0)))) {
            running.middle.seeProxyAt(InetAddress.getByName(SAID));
            talk(running);
        }
    }

    /** Nothing, a private address, a name, an address of the other family. */
    @ParameterizedTest
    @ValueSource(strings = {"0100000000", "010a000001", "03036f7574", "0420010db8000000000000000000000001"})
    void whereTheServerSaysNothingOfUseThePublicAddressIsTakenThatIsGiven(String said) throws Exception {
        server.sayAddress(HexFormat.of().parseHex(said));
        try (AdTagCase running = AdTagCase.start(
                Mode.SECURED, builder -> through(server).apply(builder).publicIpv4(new InetSocketAddress(SAID, 0)))) {
            running.middle.seeProxyAt(InetAddress.getByName(SAID));
            talk(running);
        }
    }

    @Test
    void withoutThePortNoLinkIsEvenTried() throws Exception {
        server.sayPort(0);
        assertNoLink(builder -> through(server).apply(builder).publicIpv4(new InetSocketAddress(SAID, 0)));
    }

    @Test
    void withoutAnyAddressNoLinkIsEvenTried() throws Exception {
        server.sayAddress(HexFormat.of().parseHex("0100000000"));
        assertNoLink(through(server));
    }

    private static void assertNoLink(UnaryOperator<MtProxyBuilder> settings) throws IOException {
        try (AdTagCase running = AdTagCase.start(Mode.SECURED, settings)) {
            try (MessageClient client = running.client()) {
                client.stream().readEnd();
            }
            running.await("counted", () -> running.closed(CloseReason.TELEGRAM_UNREACHABLE) == 1);
            assertThat(running.links().failed().get(LinkFailureReason.UNKNOWN_ADDRESS))
                    .isEqualTo(1);
            assertThat(running.middle.requested()).isZero();
        }
    }
}
