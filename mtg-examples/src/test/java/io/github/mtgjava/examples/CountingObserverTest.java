package io.github.mtgjava.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.testkit.FakeClient;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class CountingObserverTest {

    private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.1", 5);

    @Test
    void countsClientsAndTheirBytes() throws Exception {
        CountingObserver observer = new CountingObserver();
        try (ProxyWithParts proxy = new ProxyWithParts(builder -> builder.addObserver(observer))) {
            for (int i = 0; i < 3; i++) {
                try (FakeClient client = proxy.client().connect()) {
                    client.echo(new byte[1000]);
                }
            }
        }
        assertThat(observer.admitted()).isEqualTo(3);
        assertThat(observer.refused()).isZero();
        assertThat(observer.bytes()).isGreaterThanOrEqualTo(6000);
    }

    @Test
    void tellsReplaysFromOtherRefusals() {
        CountingObserver observer = new CountingObserver();
        observer.refused(1, CLIENT, RefusalReason.REPLAY);
        observer.refused(2, CLIENT, RefusalReason.BAD_FRAME);
        assertThat(observer.refused()).isEqualTo(2);
        assertThat(observer.replays()).isEqualTo(1);
    }
}
