package io.github.mtgjava.endtoend;

import static io.github.mtgjava.endtoend.BalancedCase.IPV4_CLIENT;
import static io.github.mtgjava.endtoend.BalancedCase.IPV4_SERVICE;
import static io.github.mtgjava.endtoend.BalancedCase.IPV6_CLIENT;
import static io.github.mtgjava.endtoend.BalancedCase.IPV6_SERVICE;
import static io.github.mtgjava.endtoend.BalancedCase.LOCAL;
import static io.github.mtgjava.endtoend.BalancedCase.joined;
import static io.github.mtgjava.endtoend.BalancedCase.text;
import static io.github.mtgjava.endtoend.BalancedCase.v1;
import static io.github.mtgjava.endtoend.BalancedCase.v2;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.IpFamily;
import io.github.mtgjava.IpPrefix;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.FakeMiddleProxy;
import io.github.mtgjava.testkit.MessageClient;
import io.github.mtgjava.testkit.Visit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Load balancers that are trusted tell whom they speak for; nobody behind the proxy sees anything of that. */
class ProxyProtocolIT {

    private static final byte[] HTTP = text("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    private static final byte[] IPV4_TEXT = v1(IPV4_CLIENT, IPV4_SERVICE);
    private static final byte[] IPV4_BINARY = v2(IPV4_CLIENT, IPV4_SERVICE);

    static Stream<Arguments> everyHeaderAndMode() {
        return Stream.of(Mode.values())
                .flatMap(mode -> Stream.of(
                        Arguments.of(mode, IPV4_TEXT, IPV4_CLIENT),
                        Arguments.of(mode, IPV4_BINARY, IPV4_CLIENT),
                        Arguments.of(mode, v1(IPV6_CLIENT, IPV6_SERVICE), IPV6_CLIENT),
                        Arguments.of(mode, v2(IPV6_CLIENT, IPV6_SERVICE), IPV6_CLIENT)));
    }

    @ParameterizedTest
    @MethodSource("everyHeaderAndMode")
    void aClientIsWhereItsHeaderSays(Mode mode, byte[] header, InetSocketAddress told) throws Exception {
        try (BalancedCase balanced = new BalancedCase(mode);
                FakeClient client =
                        balanced.running.client().withPreamble(header).connect()) {
            assertThat(client.echo(new byte[70_000])).hasSize(70_000);
            assertThat(balanced.clients).containsExactly(told);
            assertThat(clients(balanced, IpFamily.of(told.getAddress()))).isEqualTo(1);
            assertThat(balanced.running.events.all()).startsWith("accepted 1");
        }
    }

    private static long clients(BalancedCase balanced, IpFamily family) {
        return balanced.running.stats().clients().entrySet().stream()
                .filter(entry -> entry.getKey().family() == family)
                .mapToLong(entry -> entry.getValue())
                .sum();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void aBalancerMaySpeakIpv6OfAClientThatSpeaksIpv4(Mode mode) throws Exception {
        InetSocketAddress bind = Loopback.anyPort(IpFamily.IPV6);
        try (BalancedCase balanced = new BalancedCase(mode, builder -> builder.bind(bind));
                FakeClient client =
                        balanced.running.client().withPreamble(IPV4_BINARY).connect()) {
            assertThat(client.echo(new byte[9])).hasSize(9);
            assertThat(balanced.clients).containsExactly(IPV4_CLIENT);
            assertThat(clients(balanced, IpFamily.IPV4)).isEqualTo(1);
        }
    }

    static List<byte[]> headersThatTellNothing() {
        return List.of(
                LOCAL,
                text("PROXY UNKNOWN\r\n"),
                text("PROXY TCP4 0.0.0.0 0.0.0.0 0 0\r\n"),
                text("PROXY TCP4 192.0.2.1 203.0.113.5 0 443\r\n"));
    }

    @ParameterizedTest
    @MethodSource("headersThatTellNothing")
    void whereNothingIsToldTheSocketsAddressCounts(byte[] header) throws Exception {
        try (BalancedCase balanced = new BalancedCase(Mode.TLS);
                FakeClient client =
                        balanced.running.client().withPreamble(header).connect()) {
            assertThat(client.echo(new byte[9])).hasSize(9);
            assertThat(balanced.clients).containsExactly(address(client.socket()));
        }
    }

    private static InetSocketAddress address(Socket socket) {
        return new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
    }

    static List<byte[]> headersToCut() {
        return List.of(IPV4_TEXT, IPV4_BINARY, LOCAL);
    }

    @ParameterizedTest
    @MethodSource("headersToCut")
    void aHeaderMayBeCutAnywhereAndTheRestMayComeWithIt(byte[] header) throws Exception {
        try (BalancedCase balanced = new BalancedCase(Mode.SECURED)) {
            for (int cut = 1; cut < header.length; cut++) {
                try (Socket socket = balanced.running.client().openSocket()) {
                    balanced.sendAndAwait(socket, Arrays.copyOf(header, cut));
                    byte[] rest = Arrays.copyOfRange(header, cut, header.length);
                    socket.getOutputStream()
                            .write(joined(rest, balanced.running.client().frame()));
                    balanced.running.events.awaitEvent("handshake " + cut + " SECURED PADDED_INTERMEDIATE 2");
                }
            }
        }
    }

    static List<byte[]> wholeHeaders() {
        return List.of(IPV4_TEXT, IPV4_BINARY, v2(IPV6_CLIENT, IPV6_SERVICE), LOCAL, text("PROXY UNKNOWN\r\n"));
    }

    @ParameterizedTest
    @MethodSource("wholeHeaders")
    void theSiteSeesNothingOfAHeader(byte[] header) throws Exception {
        try (BalancedCase balanced = new BalancedCase(Mode.TLS);
                Socket socket = balanced.send(header, HTTP)) {
            socket.shutdownOutput();
            assertSiteGets(balanced, HTTP);
            balanced.running.events.awaitEvent("cloaked 1 NOT_TLS");
        }
    }

    @Test
    void theSiteSeesNothingOfAHeaderThatComesBeforeItsVisitor() throws Exception {
        try (BalancedCase balanced = new BalancedCase(Mode.TLS);
                Socket socket = balanced.running.client().openSocket()) {
            balanced.sendAndAwait(socket, IPV4_BINARY);
            socket.getOutputStream().write(HTTP);
            socket.shutdownOutput();
            assertSiteGets(balanced, HTTP);
        }
    }

    /** The whole visit, to its end. */
    private static void assertSiteGets(BalancedCase balanced, byte[] expected) {
        Visit visit = balanced.origin.awaitVisit(0);
        assertThat(visit.awaitFin()).isTrue();
        assertThat(visit.bytes()).isEqualTo(expected);
    }

    @Test
    void theSiteSeesNothingOfAHeaderAlsoIfThereAreTooMany() throws Exception {
        try (BalancedCase balanced = new BalancedCase(Mode.TLS, builder -> builder.maxConnections(1));
                FakeClient first =
                        balanced.running.client().withPreamble(IPV4_TEXT).connect();
                Socket second = balanced.send(v1(IPV6_CLIENT, IPV6_SERVICE), HTTP)) {
            second.shutdownOutput();
            assertSiteGets(balanced, HTTP);
            balanced.running.events.awaitEvent("cloaked 2 CONNECTION_LIMIT");
            assertThat(balanced.clients).containsExactly(IPV4_CLIENT, IPV6_CLIENT);
            assertThat(first.echo(new byte[3])).hasSize(3);
        }
    }

    static Stream<Arguments> headersAndWhatTheSiteGetsInstead() {
        byte[] ipv6 = v2(IPV6_CLIENT, IPV6_SERVICE);
        return Stream.of(
                Arguments.of(IPV4_TEXT, IPV4_BINARY),
                Arguments.of(IPV4_BINARY, IPV4_BINARY),
                Arguments.of(v1(IPV6_CLIENT, IPV6_SERVICE), ipv6),
                Arguments.of(ipv6, ipv6));
    }

    @ParameterizedTest
    @MethodSource("headersAndWhatTheSiteGetsInstead")
    void theSiteIsToldOfItsVisitorIfThatIsWanted(byte[] header, byte[] told) throws Exception {
        try (BalancedCase balanced = new BalancedCase(Mode.TLS, builder -> builder.cloakProxyProtocol(true));
                Socket socket = balanced.send(header, HTTP)) {
            socket.shutdownOutput();
            assertSiteGets(balanced, joined(told, HTTP));
        }
    }

    @Test
    void theSiteIsToldOfTheSocketWhereNothingElseIsKnown() throws Exception {
        try (BalancedCase balanced = new BalancedCase(Mode.TLS, builder -> builder.cloakProxyProtocol(true));
                Socket socket = balanced.send(LOCAL, HTTP)) {
            socket.shutdownOutput();
            assertSiteGets(balanced, joined(v2(address(socket), balanced.running.proxy.address()), HTTP));
        }
    }

    @Test
    void theSiteIsToldAlsoWithoutABalancer() throws Exception {
        List<IpPrefix> others = List.of(IpPrefix.parse("10.0.0.0/8"));
        try (BalancedCase balanced = new BalancedCase(
                        Mode.TLS, builder -> builder.trustedProxies(others).cloakProxyProtocol(true));
                Socket socket = balanced.running.client().openSocket()) {
            // A visitor who says nothing.
            socket.shutdownOutput();
            assertSiteGets(balanced, v2(address(socket), balanced.running.proxy.address()));
        }
    }

    @ParameterizedTest
    @MethodSource("wholeHeaders")
    void strangersAreNotBelieved(byte[] header) throws Exception {
        List<IpPrefix> others = List.of(IpPrefix.parse("10.0.0.0/8"), IpPrefix.parse("127.0.0.2"));
        try (BalancedCase balanced = new BalancedCase(Mode.TLS, builder -> builder.trustedProxies(others));
                Socket socket = balanced.send(header, HTTP)) {
            socket.shutdownOutput();
            assertSiteGets(balanced, joined(header, HTTP));
            balanced.running.events.awaitEvent("cloaked 1 NOT_TLS");
            assertThat(balanced.clients).containsExactly(address(socket));
        }
    }

    @Test
    void strangersNeedNoHeader() throws Exception {
        List<IpPrefix> others = List.of(IpPrefix.parse("10.0.0.0/8"));
        try (BalancedCase balanced = new BalancedCase(Mode.TLS, builder -> builder.trustedProxies(others));
                FakeClient client = balanced.running.client().connect()) {
            assertThat(client.echo(new byte[9])).hasSize(9);
        }
    }

    static List<byte[]> whatIsNoHeader() {
        byte[] longest = joined(LOCAL, new byte[2048]);
        longest[14] = 7;
        longest[15] = (byte) 0xf1;
        byte[] version3 = IPV4_BINARY.clone();
        version3[12] = 0x31;
        return List.of(
                HTTP,
                new byte[] {0x16, 3, 1, 2, 0},
                text("PROXY TCP4 192.0.2.256 203.0.113.5 56324 443\r\n"),
                text("PROXY TCP4 192.0.2.1 203.0.113.5 56324 443\n\r\n"),
                text("PROXY TCP4 " + "1".repeat(100) + "\r\n"),
                version3,
                longest);
    }

    /** Like a stranger's, and as anything else could be a visitor's, these bytes are the site's to judge. */
    @ParameterizedTest
    @MethodSource("whatIsNoHeader")
    void aBalancerThatSendsNoHeaderIsTreatedAsAStranger(byte[] sent) throws Exception {
        try (BalancedCase balanced = new BalancedCase(Mode.TLS);
                Socket socket = balanced.send(sent)) {
            assertIsTreatedAsAStranger(balanced, socket, sent, "BAD_PROXY_HEADER");
            assertThat(balanced.running.events.all()).startsWith("accepted 1", "refused 1 BAD_PROXY_HEADER");
        }
    }

    @Test
    void whereThereIsNoSiteABalancerThatSendsNoHeaderMeetsSilence() throws Exception {
        try (RunningCase running =
                        RunningCase.start(Mode.SECURED, builder -> builder.trustedProxies(BalancedCase.LOOPBACK));
                Socket socket = running.client().openSocket()) {
            socket.getOutputStream().write(running.client().frame());
            running.events.awaitEvent("refused 1 BAD_PROXY_HEADER");
            assertThat(running.telegram.accepted()).isZero();
            assertThat(running.stats().open()).isEqualTo(1);
        }
    }

    /** Once it has ended. Nobody else is told of than the one who connected. */
    private static void assertIsTreatedAsAStranger(BalancedCase balanced, Socket socket, byte[] sent, String reason)
            throws IOException {
        socket.shutdownOutput();
        assertSiteGets(balanced, sent);
        balanced.running.events.awaitEvent("cloaked 1 " + reason);
        assertThat(balanced.clients).containsExactly(address(socket));
    }

    static List<byte[]> beginningsOfHeaders() {
        return List.of(
                new byte[0],
                Arrays.copyOf(IPV4_TEXT, 1),
                Arrays.copyOf(IPV4_TEXT, IPV4_TEXT.length - 1),
                Arrays.copyOf(IPV4_BINARY, 1),
                Arrays.copyOf(IPV4_BINARY, 16),
                Arrays.copyOf(IPV4_BINARY, IPV4_BINARY.length - 1));
    }

    @ParameterizedTest
    @MethodSource("beginningsOfHeaders")
    void aHeaderThatEndsTooEarlyIsTruncated(byte[] part) throws Exception {
        try (BalancedCase balanced = new BalancedCase(Mode.TLS);
                Socket socket = balanced.send(part)) {
            assertIsTreatedAsAStranger(balanced, socket, part, "TRUNCATED");
        }
    }

    @ParameterizedTest
    @MethodSource("beginningsOfHeaders")
    void aHeaderHasToComeInTheTimeForTheHandshake(byte[] part) throws Exception {
        try (BalancedCase balanced = new BalancedCase(Mode.TLS);
                Socket socket = balanced.running.client().openSocket()) {
            balanced.running.await("it is there", () -> balanced.running.stats().open() == 1);
            balanced.sendAndAwait(socket, part);
            balanced.ticker.advance(Duration.ofSeconds(9));
            assertThat(balanced.running.stats().cloaking()).isZero();
            balanced.ticker.advance(Duration.ofSeconds(2));
            balanced.running.events.awaitEvent("cloaked 1 HANDSHAKE_TIMEOUT");
        }
    }

    @Test
    void aLateHeaderDoesNotGiveItsClientMoreTime() throws Exception {
        try (BalancedCase balanced = new BalancedCase(Mode.TLS);
                Socket socket = balanced.running.client().openSocket()) {
            balanced.running.await("it is there", () -> balanced.running.stats().open() == 1);
            balanced.ticker.advance(Duration.ofSeconds(6));
            balanced.sendAndAwait(socket, IPV4_TEXT);
            balanced.running.events.awaitEvent("accepted 1");
            balanced.ticker.advance(Duration.ofSeconds(5));
            balanced.running.events.awaitEvent("cloaked 1 HANDSHAKE_TIMEOUT");
            assertThat(balanced.clients).containsExactly(IPV4_CLIENT);
        }
    }

    @Test
    void aResetInsideAHeaderIsOneOfAConnectionThatWasTold() throws Exception {
        try (BalancedCase balanced = new BalancedCase(Mode.TLS);
                Socket socket = balanced.running.client().openSocket()) {
            balanced.sendAndAwait(socket, Arrays.copyOf(IPV4_TEXT, 9));
            socket.setSoLinger(true, 0);
            socket.close();
            balanced.running.events.awaitEvent("closed 1 CLIENT_RESET");
            assertThat(balanced.running.events.all()).containsExactly("accepted 1", "closed 1 CLIENT_RESET");
            assertThat(balanced.origin.accepted()).isZero();
        }
    }

    static Stream<Arguments> everyHeaderWithAnAdTag() {
        return Stream.of(Mode.values())
                .flatMap(mode -> Stream.of(
                        Arguments.of(mode, IPV4_TEXT, IPV4_CLIENT, IPV4_SERVICE),
                        Arguments.of(mode, IPV4_BINARY, IPV4_CLIENT, IPV4_SERVICE),
                        Arguments.of(mode, v2(IPV6_CLIENT, IPV6_SERVICE), IPV6_CLIENT, IPV6_SERVICE)));
    }

    @ParameterizedTest
    @MethodSource("everyHeaderWithAnAdTag")
    void telegramIsToldOfTheClientAsTheHeaderHasIt(
            Mode mode, byte[] header, InetSocketAddress client, InetSocketAddress service) throws Exception {
        try (AdTagCase running = AdTagCase.start(mode, builder -> builder.trustedProxies(BalancedCase.LOOPBACK));
                MessageClient app =
                        MessageClient.connect(running.options().withPreamble(header), ClientOptions.PADDED)) {
            app.echo(1000);
            FakeMiddleProxy.Request request = running.middle.requests().get(0);
            assertThat(request.clientIp()).endsWith(client.getAddress().getAddress());
            assertThat(request.clientPort()).isEqualTo(client.getPort());
            assertThat(request.ourIp()).endsWith(service.getAddress().getAddress());
            assertThat(request.ourPort()).isEqualTo(service.getPort());
        }
    }

    /** A balancer inside a private network does not know how the world sees it; we may have been told. */
    @Test
    void telegramIsToldOurPublicAddressWhereTheHeaderHasAPrivateOne() throws Exception {
        InetAddress ours = InetAddress.getByName("198.51.100.7");
        byte[] header = v2(IPV4_CLIENT, new InetSocketAddress("10.0.0.7", 8443));
        FakeMiddleProxy.Request request = requestBehind(header, ours);
        assertThat(request.clientIp()).endsWith(IPV4_CLIENT.getAddress().getAddress());
        assertThat(request.ourIp()).endsWith(ours.getAddress());
        assertThat(request.ourPort()).isEqualTo(8443);
    }

    private static FakeMiddleProxy.Request requestBehind(byte[] header, InetAddress ours) throws IOException {
        try (AdTagCase running = AdTagCase.start(
                Mode.TLS,
                builder -> builder.publicIpv4(new InetSocketAddress(ours, 0)).trustedProxies(BalancedCase.LOOPBACK))) {
            running.middle.seeProxyAt(ours);
            try (MessageClient app =
                    MessageClient.connect(running.options().withPreamble(header), ClientOptions.PADDED)) {
                app.echo(1000);
                return running.middle.requests().get(0);
            }
        }
    }
}
