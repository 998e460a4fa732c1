package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.testkit.FakeOrigin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client of the proxy and a visitor of the site are answered alike. */
@Timeout(180)
class OriginProfileIT {

    @Test
    void theFlightIsThatOfTheSiteAlsoWhenThatChanges() throws Exception {
        try (FakeOrigin origin = FakeOrigin.start();
                FakeOrigin renewed = FakeOrigin.startChaCha20();
                FlightCase proxy = new FlightCase(origin.address())) {
            proxy.awaitLikenessTo(origin.address());
            proxy.cloak(renewed.address());
            proxy.awaitLikenessTo(renewed.address());
            assertThat(FirstFlight.of(renewed.address(), FakeOrigin.HOST).cipherSuite())
                    .isNotEqualTo(
                            FirstFlight.of(origin.address(), FakeOrigin.HOST).cipherSuite());
        }
    }
}
