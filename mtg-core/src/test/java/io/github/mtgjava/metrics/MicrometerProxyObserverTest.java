package io.github.mtgjava.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.LinkCloseReason;
import io.github.mtgjava.LinkFailureReason;
import io.github.mtgjava.ProxyStats;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.SecretType;
import io.github.mtgjava.Transport;
import io.github.mtgjava.internal.session.ClientAdmission;
import io.github.mtgjava.internal.session.ClientEnding;
import io.github.mtgjava.spi.Admission;
import io.github.mtgjava.spi.Ending;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class MicrometerProxyObserverTest {

    private static final InetSocketAddress IPV4 = new InetSocketAddress("192.0.2.1", 443);
    private static final InetSocketAddress IPV6 = new InetSocketAddress("2001:db8::1", 443);
    private static final Admission ADMISSION =
            new ClientAdmission(1, IPV4, SecretType.TLS, Transport.PADDED_INTERMEDIATE, -2, Duration.ofNanos(3));
    private static final ProxyStats STATS = DistinctStats.create();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerProxyObserver observer = new MicrometerProxyObserver(registry, "mtg");

    private void start() {
        observer.started(() -> STATS);
    }

    /** All meters but those that the registry makes of a timer's buckets. */
    private List<String> meters() {
        return registry.getMeters().stream()
                .filter(meter -> !meter.getId().getName().endsWith(".histogram"))
                .map(MicrometerProxyObserverTest::describe)
                .toList();
    }

    private static String describe(Meter meter) {
        Meter.Id id = meter.getId();
        String type = id.getType().toString().toLowerCase(Locale.ROOT);
        String unit = id.getBaseUnit() == null ? "" : " " + id.getBaseUnit();
        String tags = id.getTags().stream()
                .map(tag -> tag.getKey() + "=" + tag.getValue())
                .sorted()
                .collect(Collectors.joining(", ", " {", "}"));
        return type + " " + id.getName() + unit + tags + figure(meter);
    }

    private static String figure(Meter meter) {
        if (meter.getId().getName().contains("open_files")) {
            return "";
        }
        double figure = meter.measure().iterator().next().getValue();
        return " = " + (figure == (long) figure ? Long.toString((long) figure) : Double.toString(figure));
    }

    private double nanos(String timer, String... tags) {
        return registry.get(timer).tags(tags).timer().totalTime(TimeUnit.NANOSECONDS);
    }

    private List<String> usedTimers() {
        return registry.getMeters().stream()
                .filter(meter -> meter instanceof Timer timer && timer.count() > 0)
                .map(MicrometerProxyObserverTest::describe)
                .toList();
    }

    @Test
    void registersExactlyTheseMetersEachWithItsOwnFigure() {
        start();
        assertThat(meters())
                .containsExactlyInAnyOrderElementsOf(
                        DistinctStats.METERS.lines().toList());
    }

    @Test
    void readsTheStatisticsAnewWhenItIsAsked() {
        AtomicReference<ProxyStats> now = new AtomicReference<>(DistinctStats.create());
        observer.started(now::get);
        now.set(DistinctStats.withAccepted(77));
        assertThat(registry.get("mtg.accepted").functionCounter().count()).isEqualTo(77);
    }

    @Test
    void saysInWordsWhatEachMeterShows() {
        start();
        assertThat(registry.getMeters())
                .filteredOn(meter -> !meter.getId().getName().endsWith(".histogram"))
                .allSatisfy(meter -> assertThat(meter.getId().getDescription()).isNotBlank());
    }

    @Test
    void theOpenFilesAreTheProcesses() {
        start();
        // NaN where the system does not tell.
        double open = registry.get("mtg.open_files").gauge().value();
        double limit = registry.get("mtg.open_files_limit").gauge().value();
        assertThat(Double.isNaN(open) || open > 0).isTrue();
        assertThat(Double.isNaN(limit) || limit >= open).isTrue();
    }

    @Test
    void recordsAHandshakeAndNothingElse() {
        start();
        observer.handshakeDone(ADMISSION);
        assertThat(nanos("mtg.handshake")).isEqualTo(3);
        assertThat(usedTimers()).containsExactly("timer mtg.handshake seconds {} = 1");
    }

    @Test
    void recordsConnectingByOutcomeAndFamily() {
        start();
        observer.telegramConnected(1, 2, IPV4, Duration.ofNanos(10));
        observer.telegramConnected(1, 2, IPV6, Duration.ofNanos(20));
        observer.telegramConnectFailed(1, 2, IPV4, Duration.ofNanos(30));
        observer.telegramConnectFailed(1, 2, IPV6, Duration.ofNanos(40));
        assertThat(nanos("mtg.telegram_connect", "outcome", "connected", "protocol", "ipv4"))
                .isEqualTo(10);
        assertThat(nanos("mtg.telegram_connect", "outcome", "connected", "protocol", "ipv6"))
                .isEqualTo(20);
        assertThat(nanos("mtg.telegram_connect", "outcome", "failed", "protocol", "ipv4"))
                .isEqualTo(30);
        assertThat(nanos("mtg.telegram_connect", "outcome", "failed", "protocol", "ipv6"))
                .isEqualTo(40);
        assertThat(usedTimers()).hasSize(4);
    }

    @Test
    void recordsHowLongLinksTakeAndLive() {
        start();
        observer.linkOpened(1, 2, IPV4, Duration.ofNanos(5));
        observer.linkClosed(1, 2, LinkCloseReason.RESET, 7, Duration.ofNanos(6));
        observer.linkFailed(2, null, LinkFailureReason.NO_ADDRESS, Duration.ofNanos(8));
        assertThat(nanos("mtg.link_open")).isEqualTo(5);
        assertThat(nanos("mtg.link_lifetime")).isEqualTo(6);
        assertThat(usedTimers()).hasSize(2);
    }

    private static Ending ending(boolean admitted, CloseReason reason) {
        return new ClientEnding(1, IPV4, admitted, Optional.empty(), reason, 2, 3, Duration.ofNanos(4));
    }

    @ParameterizedTest
    @EnumSource(value = CloseReason.class, names = "REFUSED", mode = Mode.EXCLUDE)
    void recordsASessionHoweverItEnded(CloseReason reason) {
        start();
        observer.closed(ending(true, reason));
        assertThat(nanos("mtg.session")).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(CloseReason.class)
    void whoWasNotLetInHadNoSession(CloseReason reason) {
        start();
        observer.closed(ending(false, reason));
        assertThat(nanos("mtg.session")).isZero();
    }

    @Test
    void theOtherEventsMoveNothingThatIsNotInTheStatistics() {
        start();
        observer.accepted(1, IPV4);
        observer.replayDetected(1, IPV4);
        observer.refused(1, IPV4, RefusalReason.REPLAY);
        observer.cloaked(1, RefusalReason.REPLAY);
        observer.cloakEnded(1, RefusalReason.REPLAY, 2, 3, Duration.ofNanos(4));
        observer.cloakFailed(1, RefusalReason.REPLAY, Duration.ofNanos(2));
        observer.crashed(new IllegalStateException("a fault"));
        assertThat(meters())
                .containsExactlyInAnyOrderElementsOf(
                        DistinctStats.METERS.lines().toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mtg", "Mtg_1", "_", "tg.proxy"})
    void takesPrefixesThatEveryRegistryTakes(String prefix) {
        assertThatCode(() -> new MicrometerProxyObserver(registry, prefix)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1mtg", ".mtg", "m-tg", "m tg", "mtg\n", "мтг", "mtg{a=b}"})
    void refusesOtherPrefixesAndSaysWhy(String prefix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MicrometerProxyObserver(registry, prefix))
                .withMessageStartingWith("prefix: ")
                .withMessageContaining("'" + prefix + "'");
    }

    @Test
    void twoProxiesShareARegistryUnderTwoPrefixes() {
        MicrometerProxyObserver other = new MicrometerProxyObserver(registry, "other");
        start();
        other.started(() -> DistinctStats.withAccepted(1_000));
        assertThat(registry.get("mtg.accepted").functionCounter().count()).isEqualTo(1);
        assertThat(registry.get("other.accepted").functionCounter().count()).isEqualTo(1_000);
        other.handshakeDone(ADMISSION);
        assertThat(nanos("mtg.handshake")).isZero();
        assertThat(nanos("other.handshake")).isEqualTo(3);
        other.stopped();
        assertThat(meters())
                .containsExactlyInAnyOrderElementsOf(
                        DistinctStats.METERS.lines().toList());
    }

    @Test
    void removesEverythingWhenTheProxyStops() {
        start();
        observer.stopped();
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void servesOneProxyOnly() {
        start();
        assertThatIllegalStateException().isThrownBy(this::start).withMessageContaining("one proxy");
        observer.stopped();
        assertThatIllegalStateException().isThrownBy(this::start);
    }

    @Test
    void toldSomethingBeforeTheStartItSaysSo() {
        List<Consumer<MicrometerProxyObserver>> early = List.of(
                MicrometerProxyObserver::stopped,
                told -> told.telegramConnected(1, 2, IPV4, Duration.ofNanos(3)),
                told -> told.handshakeDone(ADMISSION));
        assertThat(early)
                .allSatisfy(event -> assertThatIllegalStateException().isThrownBy(() -> event.accept(observer)));
    }
}
