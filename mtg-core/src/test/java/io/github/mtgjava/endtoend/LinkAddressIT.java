package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.Inject;
import io.github.mtgjava.IpFamily;
import io.github.mtgjava.LinkFailureReason;
import io.github.mtgjava.MtProxy;
import io.github.mtgjava.MtProxyException;
import io.github.mtgjava.spi.PublicAddressFinder;
import io.github.mtgjava.testkit.ClosedPort;
import io.github.mtgjava.testkit.FakeBootstrap;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.FakeMiddleProxy;
import io.github.mtgjava.testkit.ManualTicker;
import io.github.mtgjava.testkit.MessageClient;
import io.github.mtgjava.testkit.MiddleBehaviour;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Both ends of links: which middle proxies are tried, and which address of ours makes the keys. */
class LinkAddressIT {

    @Test
    void anotherAddressIsTriedWhenOneRefuses() throws Exception {
        FakeMiddleProxy good = FakeMiddleProxy.start(FakeMiddleProxy.anySecret());
        try (ClosedPort nobody = ClosedPort.reserve()) {
            FakeBootstrap site = AdTagCase.siteOf(nobody.address(), good.address());
            try (AdTagCase running = AdTagCase.start(Mode.SECURED, good, site, builder -> builder)) {
                for (int i = 0; i < 5; i++) {
                    try (MessageClient client = running.client()) {
                        client.echo(4);
                    }
                    good.killLinks(false);
                }
                assertThat(running.closed(CloseReason.TELEGRAM_UNREACHABLE)).isZero();
                assertThat(running.links().failed().get(LinkFailureReason.UNREACHABLE))
                        .as("once it is known to fail, it is tried last")
                        .isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void anotherAddressIsTriedWhenOneIsSilent() throws Exception {
        ManualTicker ticker = new ManualTicker();
        FakeMiddleProxy good = FakeMiddleProxy.start(FakeMiddleProxy.anySecret());
        try (FakeMiddleProxy silent = FakeMiddleProxy.start(FakeMiddleProxy.anySecret())) {
            silent.behave(MiddleBehaviour.SILENT);
            FakeBootstrap site = AdTagCase.siteOf(silent.address(), good.address());
            try (AdTagCase running =
                            AdTagCase.start(Mode.SECURED, good, site, builder -> Inject.ticker(builder, ticker));
                    MessageClient client = running.client()) {
                running.await(
                        "one was chosen",
                        () -> silent.accepted() > 0 || running.links().open() > 0);
                if (silent.accepted() > 0) {
                    // Sooner than if it were the only one.
                    ticker.advance(Duration.ofSeconds(5));
                }
                client.echo(4);
            }
        }
    }

    @Test
    void nobodyWaitsLongWhenNoAddressAnswers() throws Exception {
        FakeMiddleProxy unused = FakeMiddleProxy.start(FakeMiddleProxy.anySecret());
        try (ClosedPort nobody = ClosedPort.reserve()) {
            FakeBootstrap site = AdTagCase.siteOf(nobody.address());
            try (AdTagCase running = AdTagCase.start(Mode.SECURED, unused, site, builder -> builder);
                    MessageClient client = running.client()) {
                client.stream().readEnd();
                running.events.awaitEvent("link failed 2 UNREACHABLE");
            }
        }
    }

    @Test
    void behindNatThePublicAddressMakesTheKeys() throws Exception {
        InetAddress seen = InetAddress.getByAddress(new byte[] {(byte) 203, 0, 113, 5});
        try (AdTagCase running =
                AdTagCase.start(Mode.SECURED, builder -> builder.publicIpv4(new InetSocketAddress(seen, 443)))) {
            running.middle.seeProxyAt(seen);
            try (MessageClient client = running.client()) {
                client.echo(4);
            }
            FakeMiddleProxy.Request request = running.middle.requests().get(0);
            assertThat(request.ourIp()).endsWith(seen.getAddress());
            assertThat(request.clientIp()).endsWith(new byte[] {127, 0, 0, 1});
            assertThat(request.ourPort()).isEqualTo(running.proxy.address().getPort());
        }
    }

    @Test
    void aPublicNameIsLookedUpForTheKeys() throws Exception {
        InetAddress seen = InetAddress.getByAddress(new byte[] {(byte) 203, 0, 113, 5});
        try (AdTagCase running = AdTagCase.start(
                Mode.SECURED,
                builder -> builder.publicIpv4(InetSocketAddress.createUnresolved("proxy.test", 0))
                        .hostResolver(host -> List.of(InetAddress.getByName("2001:db8::5"), seen)))) {
            running.middle.seeProxyAt(seen);
            try (MessageClient client = running.client()) {
                client.echo(4);
            }
        }
    }

    /** As when the machine starts before its network does. */
    @Test
    void aPublicAddressThatIsFoundLateMakesTheKeysOfNewLinks() throws Exception {
        InetAddress seen = InetAddress.getByAddress(new byte[] {(byte) 203, 0, 113, 5});
        CountDownLatch asked = new CountDownLatch(3);
        FakeMiddleProxy middle = FakeMiddleProxy.start(FakeMiddleProxy.anySecret());
        middle.seeProxyAt(seen);
        FakeBootstrap site = AdTagCase.siteOf(middle.address());
        PublicAddressFinder finder = families -> {
            asked.countDown();
            return asked.getCount() < 2 ? Map.of(IpFamily.IPV4, seen) : Map.of();
        };
        try (AdTagCase running = AdTagCase.start(
                Mode.SECURED,
                middle,
                site,
                builder -> builder.publicAddressFinder(finder)
                        .middleProxies(AdTagCase.options(site).withRefreshInterval(Duration.ofSeconds(1))))) {
            // The third question shows that the second answer is known.
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            try (MessageClient client = running.client()) {
                client.echo(4);
            }
        }
    }

    @Test
    void whoeverFindsTheAddressMayEndTheStart() throws Exception {
        FakeMiddleProxy middle = FakeMiddleProxy.start(FakeMiddleProxy.anySecret());
        try (FakeBootstrap site = AdTagCase.siteOf(middle.address());
                MtProxy proxy = AdTagCase.builder(Mode.SECURED, site)
                        .publicAddressFinder(families -> {
                            throw new MtProxyException("not without an address");
                        })
                        .build()) {
            assertThatThrownBy(proxy::start)
                    .isInstanceOf(MtProxyException.class)
                    .hasMessage("not without an address");
            assertThat(proxy.stats().listening()).isFalse();
        }
        middle.close();
    }

    @Test
    void aWrongPublicAddressIsSaidToBeTheTrouble() throws Exception {
        AdTagCase running = AdTagCase.start(Mode.SECURED);
        try {
            running.middle.seeProxyAt(InetAddress.getByAddress(new byte[] {(byte) 203, 0, 113, 5}));
            try (MessageClient client = running.client()) {
                client.stream().readEnd();
            }
            running.await(
                    "said",
                    () -> running.links().failed().get(LinkFailureReason.KEYS)
                                    + running.links().failed().get(LinkFailureReason.CLOSED)
                            == 1);
            assertThatThrownBy(running.middle::assertHealthy).hasStackTraceContaining("the proxy sent");
        } finally {
            // The middle proxy complains about what it could not decrypt.
            assertThatThrownBy(running::close).hasStackTraceContaining("the proxy sent");
        }
    }

    @Test
    void linksAndClientsMayUseIpv6() throws Exception {
        InetAddress loopback = InetAddress.getByName("::1");
        Assumptions.assumeTrue(canBind(loopback), "this machine has no IPv6 loopback");
        FakeMiddleProxy middle = FakeMiddleProxy.start(loopback, FakeMiddleProxy.anySecret());
        FakeBootstrap site = AdTagCase.siteOf(middle.address());
        try (AdTagCase running = AdTagCase.start(
                        Mode.SECURED, middle, site, builder -> builder.bind(new InetSocketAddress(loopback, 0)));
                MessageClient client = running.client()) {
            client.echo(4);
            client.burst(10, 1000);
            assertThat(middle.requests().get(0).clientIp()).isEqualTo(loopback.getAddress());
            assertThat(middle.address().getAddress()).isInstanceOf(Inet6Address.class);
        }
    }

    private static boolean canBind(InetAddress address) {
        try (ClosedPort port = ClosedPort.reserve(address)) {
            return true;
        } catch (IOException none) {
            return false;
        }
    }
}
