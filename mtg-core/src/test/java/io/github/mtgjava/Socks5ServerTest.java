package io.github.mtgjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class Socks5ServerTest {

    private static final InetSocketAddress ADDRESS = InetSocketAddress.createUnresolved("socks.test", 1080);

    @Test
    void keepsWhatItIsTold() {
        Socks5Server plain = Socks5Server.at(ADDRESS);
        assertThat(plain.address()).isEqualTo(ADDRESS);
        assertThat(plain.user()).isEmpty();
        assertThat(plain.password()).isEmpty();
        Socks5Server guarded = plain.withLogin("alice", "sesame");
        assertThat(guarded.address()).isEqualTo(ADDRESS);
        assertThat(guarded.user()).contains("alice");
        assertThat(guarded.password()).contains("sesame");
    }

    @Test
    void showsNoLogin() {
        Socks5Server server = Socks5Server.at(ADDRESS).withLogin("alice", "sesame");
        assertThat(server).hasToString("Socks5Server[socks.test:1080, login redacted]");
        assertThat(Socks5Server.at(ADDRESS)).hasToString("Socks5Server[socks.test:1080]");
    }

    @Test
    void refusesWhatCannotBeSaidWithoutShowingIt() {
        Socks5Server server = Socks5Server.at(ADDRESS);
        String tooLong = "ß".repeat(128);
        assertThat(server.withLogin("ß".repeat(127), "x").user()).isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> server.withLogin("", "sesame"));
        assertThatIllegalArgumentException().isThrownBy(() -> server.withLogin("alice", ""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> server.withLogin("alice", tooLong))
                .withMessageNotContaining("ß")
                .withMessageContaining("1 to 255 bytes");
        assertThatIllegalArgumentException().isThrownBy(() -> Socks5Server.at(new InetSocketAddress("127.0.0.1", 0)));
    }

    @Test
    void isEqualToOneThatSaysTheSame() {
        Socks5Server server = Socks5Server.at(ADDRESS).withLogin("alice", "sesame");
        assertThat(server)
                .isEqualTo(Socks5Server.at(ADDRESS).withLogin("alice", "sesame"))
                .hasSameHashCodeAs(Socks5Server.at(ADDRESS).withLogin("alice", "sesame"))
                .isNotEqualTo(Socks5Server.at(ADDRESS))
                .isNotEqualTo(Socks5Server.at(ADDRESS).withLogin("alice", "simsim"));
    }
}
