package io.github.mtgjava.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import ch.qos.logback.classic.Level;
import io.github.mtgjava.IpFamily;
import io.github.mtgjava.MtProxyException;
import io.github.mtgjava.PreferIp;
import io.github.mtgjava.spi.HostResolver;
import io.github.mtgjava.spi.PublicAddressFinder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PublicAddressWatchTest {

    private static final InetAddress IPV4 = address("203.0.113.5");
    private static final InetAddress OTHER_IPV4 = address("203.0.113.6");
    private static final InetAddress IPV6 = address("2001:db8::5");
    private static final InetAddress SOCKET = address("192.168.1.2");
    private static final Optional<InetSocketAddress> NOT_GIVEN = Optional.empty();
    private static final Optional<InetSocketAddress> NAME =
            Optional.of(InetSocketAddress.createUnresolved("proxy.test", 0));

    private final LogRecorder log = LogRecorder.of(PublicAddressWatch.class);
    private final HostResolver resolver = mock(HostResolver.class);
    private final PublicAddressFinder finder = mock(PublicAddressFinder.class);

    private static InetAddress address(String literal) {
        return new InetSocketAddress(literal, 0).getAddress();
    }

    @BeforeEach
    void nobodyKnowsAnything() throws Exception {
        when(resolver.resolve(any())).thenThrow(new UnknownHostException());
        when(finder.find(any())).thenReturn(Map.of());
    }

    @AfterEach
    void stop() {
        log.close();
    }

    private PublicAddressWatch watch(
            Optional<InetSocketAddress> ipv4, Optional<InetSocketAddress> ipv6, PreferIp preferIp) {
        return new PublicAddressWatch(ipv4, ipv6, preferIp, resolver, Optional.of(finder));
    }

    @Test
    void withNobodyToAskTheSocketsAddressCounts() throws Exception {
        PublicAddressWatch watch =
                new PublicAddressWatch(NOT_GIVEN, NOT_GIVEN, PreferIp.PREFER_IPV4, resolver, Optional.empty());
        assertThat(watch.isNeeded()).isFalse();
        assertThat(watch.refresh()).isTrue();
        assertThat(watch.current().seen(SOCKET)).isEqualTo(SOCKET);
        assertThat(log.messages(Level.WARN)).isEmpty();
    }

    @Test
    void literalAddressesNeedNoLookingAfter() throws Exception {
        PublicAddressWatch watch = watch(
                Optional.of(new InetSocketAddress(IPV4, 443)),
                Optional.of(new InetSocketAddress(IPV6, 443)),
                PreferIp.PREFER_IPV4);
        assertThat(watch.isNeeded()).isFalse();
        assertThat(watch.refresh()).isTrue();
        assertThat(watch.current().seen(SOCKET)).isEqualTo(IPV4);
        assertThat(watch.current().seen(address("fe80::1"))).isEqualTo(IPV6);
        verify(finder, never()).find(any());
        assertThat(log.messages(Level.INFO)).isEmpty();
    }

    @Test
    void asksOnlyForWhatWasNotGivenAndMayBeUsed() throws Exception {
        Optional<InetSocketAddress> given = Optional.of(new InetSocketAddress(IPV6, 443));
        watch(NOT_GIVEN, given, PreferIp.PREFER_IPV6).refresh();
        verify(finder).find(Set.of(IpFamily.IPV4));
        watch(NOT_GIVEN, NOT_GIVEN, PreferIp.ONLY_IPV6).refresh();
        verify(finder).find(Set.of(IpFamily.IPV6));
        assertThat(watch(NOT_GIVEN, given, PreferIp.ONLY_IPV6).isNeeded()).isFalse();
    }

    @Test
    void aNetworkThatComesUpLateIsNoticed() throws Exception {
        PublicAddressWatch watch = watch(NOT_GIVEN, NOT_GIVEN, PreferIp.PREFER_IPV4);
        assertThat(watch.refresh()).as("try again soon").isFalse();
        assertThat(watch.refresh()).as("try again soon").isFalse();
        assertThat(watch.current().seen(SOCKET)).isEqualTo(SOCKET);
        assertThat(log.messages(Level.WARN)).hasSize(1);

        when(finder.find(any())).thenReturn(Map.of(IpFamily.IPV4, IPV4));
        assertThat(watch.refresh()).isTrue();
        assertThat(watch.current().seen(SOCKET)).isEqualTo(IPV4);
        assertThat(log.messages(Level.INFO)).hasSize(1);
    }

    @Test
    void anAddressOfTheFamilyThatMattersLessIsNotEnough() throws Exception {
        PublicAddressWatch given =
                watch(NOT_GIVEN, Optional.of(new InetSocketAddress(IPV6, 443)), PreferIp.PREFER_IPV4);
        assertThat(given.refresh()).as("try again soon").isFalse();
        when(finder.find(any())).thenReturn(Map.of(IpFamily.IPV6, IPV6));
        assertThat(watch(NOT_GIVEN, NOT_GIVEN, PreferIp.PREFER_IPV6).refresh())
                .as("try again soon")
                .isFalse();
        assertThat(watch(NOT_GIVEN, NOT_GIVEN, PreferIp.ONLY_IPV6).refresh()).isTrue();
        assertThat(log.messages(Level.WARN)).hasSize(2);
    }

    @Test
    void aNewAddressCountsAndNoAnswerChangesNothing() throws Exception {
        PublicAddressWatch watch = watch(NOT_GIVEN, NOT_GIVEN, PreferIp.PREFER_IPV4);
        when(finder.find(any()))
                .thenReturn(Map.of(IpFamily.IPV4, IPV4))
                .thenReturn(Map.of())
                .thenReturn(Map.of(IpFamily.IPV4, OTHER_IPV4));
        watch.refresh();
        assertThat(watch.refresh()).isTrue();
        assertThat(watch.current().seen(SOCKET)).isEqualTo(IPV4);
        watch.refresh();
        assertThat(watch.current().seen(SOCKET)).isEqualTo(OTHER_IPV4);
        assertThat(log.messages(Level.WARN)).isEmpty();
    }

    @Test
    void anAddressOfTheOtherFamilyIsNone() throws Exception {
        PublicAddressWatch watch = watch(NOT_GIVEN, NOT_GIVEN, PreferIp.PREFER_IPV4);
        when(finder.find(any())).thenReturn(Map.of(IpFamily.IPV4, IPV6));
        assertThat(watch.refresh()).isFalse();
        assertThat(watch.current().seen(SOCKET)).isEqualTo(SOCKET);
    }

    @Test
    void ofANameOnlyTheAddressOfThatFamilyCounts() throws Exception {
        PublicAddressWatch watch = new PublicAddressWatch(NAME, NAME, PreferIp.PREFER_IPV4, resolver, Optional.empty());
        doReturn(List.of(IPV6, IPV4)).when(resolver).resolve("proxy.test");
        assertThat(watch.isNeeded()).isTrue();
        assertThat(watch.refresh()).isTrue();
        assertThat(watch.current().seen(SOCKET)).isEqualTo(IPV4);
        assertThat(watch.current().seen(address("fe80::1"))).isEqualTo(IPV6);
    }

    @Test
    void aNameWithoutSuchAnAddressIsTriedAgain() throws Exception {
        PublicAddressWatch watch =
                new PublicAddressWatch(NAME, NOT_GIVEN, PreferIp.PREFER_IPV4, resolver, Optional.empty());
        assertThat(watch.refresh()).isFalse();
        doReturn(List.of(IPV6)).when(resolver).resolve("proxy.test");
        assertThat(watch.refresh()).isFalse();
        assertThat(watch.current().seen(SOCKET)).isEqualTo(SOCKET);
        assertThat(log.keyValues()).anySatisfy(line -> assertThat(line).contains("proxy.test"));
        doReturn(List.of(IPV4)).when(resolver).resolve("proxy.test");
        assertThat(watch.refresh()).isTrue();
        assertThat(watch.current().seen(SOCKET)).isEqualTo(IPV4);
    }

    @Test
    void theFinderMayRefuse() throws Exception {
        when(finder.find(any())).thenThrow(new MtProxyException("no"));
        assertThatExceptionOfType(MtProxyException.class)
                .isThrownBy(watch(NOT_GIVEN, NOT_GIVEN, PreferIp.PREFER_IPV4)::refresh)
                .withMessage("no");
    }

    @Test
    void theFinderMayFail() throws Exception {
        for (Exception failure : List.of(new IOException("timed out"), new IllegalStateException("timed out"))) {
            doThrow(failure).when(finder).find(any());
            assertThatExceptionOfType(MtProxyException.class)
                    .isThrownBy(watch(NOT_GIVEN, NOT_GIVEN, PreferIp.PREFER_IPV4)::refresh)
                    .returns(MtProxyException.Reason.OTHER, MtProxyException::reason)
                    .withCause(failure)
                    .withMessageContaining("timed out");
        }
    }

    @Test
    void theFinderMayNotKnowThatItHasToAnswer() throws Exception {
        doReturn(null).when(finder).find(any());
        assertThatExceptionOfType(MtProxyException.class)
                .isThrownBy(watch(NOT_GIVEN, NOT_GIVEN, PreferIp.PREFER_IPV4)::refresh)
                .withMessage("the public address cannot be found: the answer is null");
    }
}
