package io.github.mtgjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.net.URI;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MiddleProxyOptionsTest {

    private static final MiddleProxyOptions DEFAULTS = MiddleProxyOptions.defaults();

    @Test
    void hasTheDefaultsOfMtg() {
        assertThat(DEFAULTS.multiplexPerConnection()).isEqualTo(50);
        assertThat(DEFAULTS.proxySecretUrl()).hasToString("https://core.telegram.org/getProxySecret");
        assertThat(DEFAULTS.proxyConfigUrl()).hasToString("https://core.telegram.org/getProxyConfig");
        assertThat(DEFAULTS.proxyConfigV6Url()).hasToString("https://core.telegram.org/getProxyConfigV6");
        assertThat(DEFAULTS.refreshInterval()).hasHours(1);
        assertThat(DEFAULTS.startTimeout()).isZero();
        assertThat(DEFAULTS.idleLinkTimeout()).hasMinutes(1);
        assertThat(DEFAULTS.maxMessageBytes()).isEqualTo(1 << 20);
    }

    @Test
    void changesOneThingAndLeavesTheRestAndItself() {
        URI url = URI.create("HTTP://127.0.0.1:1/a");
        MiddleProxyOptions changed = DEFAULTS.withMultiplexPerConnection(1)
                .withProxySecretUrl(url)
                .withProxyConfigUrl(url)
                .withProxyConfigV6Url(url)
                .withRefreshInterval(Duration.ofDays(1))
                .withStartTimeout(Duration.ofSeconds(2))
                .withIdleLinkTimeout(Duration.ZERO)
                .withMaxMessageBytes(1024);
        assertThat(changed.multiplexPerConnection()).isEqualTo(1);
        assertThat(changed.proxySecretUrl()).isEqualTo(url);
        assertThat(changed.proxyConfigUrl()).isEqualTo(url);
        assertThat(changed.proxyConfigV6Url()).isEqualTo(url);
        assertThat(changed.refreshInterval()).hasDays(1);
        assertThat(changed.startTimeout()).hasSeconds(2);
        assertThat(changed.idleLinkTimeout()).isZero();
        assertThat(changed.maxMessageBytes()).isEqualTo(1024);
        hasTheDefaultsOfMtg();
    }

    @Test
    void namesTheOptionThatIsOutOfRange() {
        assertRefused("multiplexPerConnection", options -> options.withMultiplexPerConnection(0));
        assertRefused("multiplexPerConnection", options -> options.withMultiplexPerConnection(65_537));
        assertRefused("refreshInterval", options -> options.withRefreshInterval(Duration.ofMillis(999)));
        assertRefused("refreshInterval", options -> options.withRefreshInterval(Duration.ofHours(25)));
        assertRefused("startTimeout", options -> options.withStartTimeout(Duration.ofSeconds(-1)));
        assertRefused("idleLinkTimeout", options -> options.withIdleLinkTimeout(Duration.ofMinutes(61)));
        assertRefused("maxMessageBytes", options -> options.withMaxMessageBytes(1023));
        assertRefused("maxMessageBytes", options -> options.withMaxMessageBytes((16 << 20) - 95));
    }

    private static void assertRefused(String option, UnaryOperator<MiddleProxyOptions> change) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> change.apply(DEFAULTS))
                .withMessageStartingWith(option + ": ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host/a", "file:///a", "http:a", "/a", "https:///a"})
    void wantsWebUrls(String url) {
        URI uri = URI.create(url);
        assertRefused("proxySecretUrl", options -> options.withProxySecretUrl(uri));
        assertRefused("proxyConfigUrl", options -> options.withProxyConfigUrl(uri));
        assertRefused("proxyConfigV6Url", options -> options.withProxyConfigV6Url(uri));
    }

    @Test
    void refusesNull() {
        assertThatNullPointerException().isThrownBy(() -> MtProxy.builder().cacheDirectory(null));
        assertThatNullPointerException().isThrownBy(() -> DEFAULTS.withProxySecretUrl(null));
        assertThatNullPointerException().isThrownBy(() -> DEFAULTS.withStartTimeout(null));
        assertThatNullPointerException().isThrownBy(() -> MtProxy.builder().adTag(null));
        assertThatNullPointerException().isThrownBy(() -> MtProxy.builder().middleProxies(null));
    }
}
