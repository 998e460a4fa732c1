package io.github.mtgjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

/** Which addresses a proxy's links are made of. */
class MtProxyLinksTest {

    private static final Secret SECRET = Secret.parse("00112233445566778899aabbccddeeff");

    private static MtProxyBuilder builder() {
        return MtProxy.builder()
                .secret(SECRET)
                .bind(new InetSocketAddress("127.0.0.1", 0))
                .workers(1);
    }

    @Test
    void haveToWaitForTheStart() {
        assertThatIllegalStateException().isThrownBy(() -> builder().build().links());
    }

    @Test
    void leadToTheBindAddress() {
        try (MtProxy proxy = builder().build()) {
            proxy.start();
            assertThat(proxy.links().ipv6()).isEmpty();
            assertThat(proxy.links().ipv4().orElseThrow().tgUrl())
                    .isEqualTo(
                            "tg://proxy?port=%d&secret=%s&server=127.0.0.1",
                            proxy.address().getPort(), SECRET.hex());
        }
    }

    @Test
    void leadToAnIpv6BindAddress() throws IOException {
        InetSocketAddress bind = new InetSocketAddress("::1", 0);
        assumeTrue(canBind(bind), "this machine has no IPv6");
        try (MtProxy proxy = builder().bind(bind).build()) {
            proxy.start();
            assertThat(proxy.links().ipv4()).isEmpty();
            String url = proxy.links().ipv6().orElseThrow().tgUrl();
            String server = url.substring(url.lastIndexOf('=') + 1).replace("%3A", ":");
            assertThat(InetAddress.getByName(server)).isEqualTo(bind.getAddress());
        }
    }

    @Test
    void leadNowhereIfOnlyAWildcardIsKnown() {
        try (MtProxy proxy = builder().bind(new InetSocketAddress("0.0.0.0", 0)).build()) {
            proxy.start();
            assertThat(proxy.links().ipv4()).isEmpty();
            assertThat(proxy.links().ipv6()).isEmpty();
            assertThat(proxy.links().toJson()).contains("secret_for_mtproxybot").doesNotContain("server=");
        }
    }

    private static boolean canBind(InetSocketAddress address) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address);
            return true;
        } catch (SocketException noIpv6) {
            return false;
        }
    }

    @Test
    void leadToPublicAddressesInsteadOfTheBindAddress() {
        InetSocketAddress ipv4 = new InetSocketAddress("203.0.113.5", 0);
        InetSocketAddress ipv6 = InetSocketAddress.createUnresolved("2001:db8::1%eth0", 8443);
        try (MtProxy proxy = builder().publicIpv4(ipv4).publicIpv6(ipv6).build();
                MtProxy onlyIpv6 = builder().publicIpv6(ipv6).build()) {
            proxy.start();
            assertThat(proxy.links().ipv4().orElseThrow().tgUrl())
                    .contains("port=" + proxy.address().getPort() + "&")
                    .endsWith("server=203.0.113.5");
            assertThat(proxy.links().ipv6().orElseThrow().tgUrl())
                    .contains("port=8443&")
                    .endsWith("server=2001%3Adb8%3A%3A1");
            onlyIpv6.start();
            assertThat(onlyIpv6.links().ipv4()).isEmpty();
            assertThat(onlyIpv6.links().ipv6()).isPresent();
        }
    }

    @Test
    void leadToNamesAsTheyAreGiven() {
        InetSocketAddress name = InetSocketAddress.createUnresolved("proxy.example", 443);
        try (MtProxy proxy = builder().publicIpv4(name).build()) {
            proxy.start();
            assertThat(proxy.links().ipv4().orElseThrow().tgUrl())
                    .contains("port=443")
                    .endsWith("server=proxy.example");
        }
    }
}
