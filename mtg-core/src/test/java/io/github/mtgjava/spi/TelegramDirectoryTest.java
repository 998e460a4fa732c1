package io.github.mtgjava.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TelegramDirectoryTest {

    private static final TelegramDirectory NOBODY = dc -> List.of();
    private static final InetSocketAddress SOMEWHERE = new InetSocketAddress("192.0.2.1", 443);

    @Test
    void overridesKnowTheirDcsOnly() {
        TelegramDirectory directory = NOBODY.withOverrides(Map.of(2, List.of(SOMEWHERE)));
        assertThat(directory.addresses(2)).containsExactly(SOMEWHERE);
        assertThat(directory.addresses(1)).isEmpty();
    }

    @Test
    void refusesAddressesThatNobodyCanConnect() {
        for (InetSocketAddress address :
                List.of(InetSocketAddress.createUnresolved("dc.test", 443), new InetSocketAddress("192.0.2.1", 0))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> NOBODY.withOverrides(Map.of(2, List.of(SOMEWHERE, address))))
                    .withMessageContaining("DC 2");
        }
    }
}
