package io.github.mtgjava.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.cli.doctor.Finding.Status;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortCheckTest {

    private static final PortCheck.Probe STRANGER = proxy -> {
        throw new IOException("it hung up");
    };

    @Test
    void likesAFreePort() {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Finding finding = new PortCheck(any, PortCheck::tryBind, STRANGER).run().get(0);
        assertThat(finding.status()).isEqualTo(Status.OK);
        assertThat(finding.text()).contains("any free port");
    }

    @Test
    void seesThatARealPortIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = (InetSocketAddress) other.getLocalSocketAddress();
            Finding finding =
                    new PortCheck(address, PortCheck::tryBind, STRANGER).run().get(0);
            assertThat(finding.status()).isEqualTo(Status.FAIL);
            assertThat(finding.text()).contains("is taken", "it hung up", "--bind");
        }
    }

    @Test
    void seesThatARealAddressIsNotOurs() {
        InetSocketAddress elsewhere = new InetSocketAddress("192.0.2.1", 0);
        Finding finding =
                new PortCheck(elsewhere, PortCheck::tryBind, STRANGER).run().get(0);
        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.text()).contains("is no address of this machine", "-4 or -6");
    }

    @Test
    void likesItsOwnProxyThatRunsAlready() {
        List<InetSocketAddress> asked = new ArrayList<>();
        for (String host : new String[] {"0.0.0.0", "::", "127.0.0.2"}) {
            Finding finding = failing(host, 3128, new BindException("Address already in use"), asked::add);
            assertThat(finding.status()).isEqualTo(Status.OK);
            assertThat(finding.text()).contains("runs there already");
        }
        assertThat(asked)
                .containsExactly(
                        new InetSocketAddress("127.0.0.1", 3128),
                        new InetSocketAddress("::1", 3128),
                        new InetSocketAddress("127.0.0.2", 3128));
    }

    @Test
    void explainsWhatIsForbidden() {
        Finding low = failing("0.0.0.0", 443, new SocketException("Permission denied"), STRANGER);
        assertThat(low.status()).isEqualTo(Status.FAIL);
        assertThat(low.text()).contains("CAP_NET_BIND_SERVICE");
        Finding high = failing("0.0.0.0", 3128, new SocketException("Permission denied"), STRANGER);
        assertThat(high.status()).isEqualTo(Status.FAIL);
        assertThat(high.text()).doesNotContain("CAP_NET").contains("SELinux");
    }

    @Test
    void passesOnWhatItDoesNotKnow() {
        Finding finding = failing("::", 443, new SocketException("Protocol family unavailable"), STRANGER);
        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.text()).contains("Protocol family unavailable", "--bind");
    }

    private static Finding failing(String host, int port, IOException failure, PortCheck.Probe probe) {
        PortCheck.Binder binder = address -> {
            throw failure;
        };
        List<Finding> findings = new PortCheck(new InetSocketAddress(host, port), binder, probe).run();
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }
}
