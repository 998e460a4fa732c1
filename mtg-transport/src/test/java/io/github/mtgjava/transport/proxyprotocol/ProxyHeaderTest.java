package io.github.mtgjava.transport.proxyprotocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.mtgjava.transport.proxyprotocol.ProxyHeaderDecoder.Status;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ProxyHeaderTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final TcpEnd IPV4_CLIENT = TcpEnd.of(HEX.parseHex("c0000201"), 56_324);
    private static final TcpEnd IPV4_PROXY = TcpEnd.of(HEX.parseHex("cb007105"), 443);
    private static final TcpEnd IPV6_CLIENT = TcpEnd.of(HEX.parseHex("20010db8000000000000000000000001"), 65_535);
    private static final TcpEnd IPV6_PROXY = TcpEnd.of(HEX.parseHex("20010db8000000000000000000000002"), 0);

    @Test
    void writesIpv4() {
        assertThat(header(IPV4_CLIENT, IPV4_PROXY))
                .isEqualTo("0d0a0d0a000d0a515549540a" + "2111000c" + "c0000201" + "cb007105" + "dc04" + "01bb");
    }

    @Test
    void writesIpv6() {
        assertThat(header(IPV6_CLIENT, IPV6_PROXY))
                .isEqualTo("0d0a0d0a000d0a515549540a" + "21210024" + "20010db8000000000000000000000001"
                        + "20010db8000000000000000000000002" + "ffff" + "0000");
    }

    @Test
    void writesIpv4AsIpv6WhereTheOtherEndIsOfThatFamily() {
        assertThat(header(IPV4_CLIENT, IPV6_PROXY))
                .isEqualTo("0d0a0d0a000d0a515549540a" + "21210024" + "00000000000000000000ffffc0000201"
                        + "20010db8000000000000000000000002" + "dc04" + "0000");
        assertThat(header(IPV6_CLIENT, IPV4_PROXY))
                .isEqualTo("0d0a0d0a000d0a515549540a" + "21210024" + "20010db8000000000000000000000001"
                        + "00000000000000000000ffffcb007105" + "ffff" + "01bb");
    }

    @Test
    void readsWhatItWrites() {
        for (TcpEnd[] ends : new TcpEnd[][] {{IPV4_CLIENT, IPV4_PROXY}, {IPV6_CLIENT, IPV6_PROXY}}) {
            ProxiedConnection connection = new ProxiedConnection(ends[0], ends[1]);
            ProxyHeaderDecoder decoder = new ProxyHeaderDecoder();
            assertThat(decoder.decode(ByteBuffer.wrap(ProxyHeader.of(connection))))
                    .isEqualTo(Status.COMPLETE);
            assertThat(decoder.connection()).contains(connection);
        }
    }

    @Test
    void anEndHasAnAddressAndAPort() {
        assertThatIllegalArgumentException().isThrownBy(() -> TcpEnd.of(new byte[5], 1));
        assertThatIllegalArgumentException().isThrownBy(() -> TcpEnd.of(new byte[4], -1));
        assertThatIllegalArgumentException().isThrownBy(() -> TcpEnd.of(new byte[4], 65_536));
    }

    private static String header(TcpEnd source, TcpEnd destination) {
        return HEX.formatHex(ProxyHeader.of(new ProxiedConnection(source, destination)));
    }
}
