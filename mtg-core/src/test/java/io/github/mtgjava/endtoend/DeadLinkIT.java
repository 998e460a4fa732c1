package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.Inject;
import io.github.mtgjava.LinkCloseReason;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeBootstrap;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.FakeMiddleProxy;
import io.github.mtgjava.testkit.ManualTicker;
import io.github.mtgjava.testkit.MessageClient;
import io.github.mtgjava.testkit.MiddleBehaviour;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Middle proxies and links that hang, or are away for a while: nobody waits for them longer than has to be. */
class DeadLinkIT {

    @Test
    void aSilentMiddleProxyHoldsUpOnlyThoseWhoNeedItsLink() throws Exception {
        ManualTicker ticker = new ManualTicker();
        FakeMiddleProxy good = FakeMiddleProxy.start(FakeMiddleProxy.anySecret());
        try (FakeMiddleProxy other = FakeMiddleProxy.start(FakeMiddleProxy.anySecret())) {
            Map<Integer, List<InetSocketAddress>> dcs = Map.of(2, List.of(good.address()), 3, List.of(other.address()));
            FakeBootstrap site = FakeBootstrap.start(dcs, OptionalInt.of(2));
            try (AdTagCase running = AdTagCase.start(
                    Mode.SECURED,
                    good,
                    site,
                    builder -> Inject.ticker(builder, ticker)
                            .middleProxies(AdTagCase.options(site).withMultiplexPerConnection(2)))) {
                List<MessageClient> served = Clients.of(running, 2);
                Clients.echo(served);
                good.behave(MiddleBehaviour.SILENT);
                List<MessageClient> waiting = Clients.of(running, 5);
                running.await("they wait", () -> running.links().waiting() == 5);
                running.awaitMiddle("as many attempts as they need", () -> good.accepted() == 4);
                Clients.echo(served);
                try (MessageClient elsewhere = running.client(ClientOptions.PADDED, 3)) {
                    elsewhere.echo(4);
                    ticker.advance(Duration.ofSeconds(9));
                    Clients.echo(served);
                    elsewhere.echo(4);
                    assertThat(running.links().waiting()).isEqualTo(5);
                    ticker.advance(Duration.ofSeconds(2));
                    for (MessageClient client : waiting) {
                        client.stream().readEnd();
                    }
                    assertThat(running.events.contains("link failed 2 TIMEOUT")).isTrue();
                    Clients.echo(served);
                    elsewhere.echo(4);
                }
                Clients.close(served);
                Clients.close(waiting);
                running.await("they are gone", () -> running.closed(CloseReason.TELEGRAM_UNREACHABLE) == 5);
                assertThat(good.accepted()).as("attempts, without a rush").isEqualTo(4);
            }
        }
    }

    @Test
    void aLinkThatDiesWithoutAWordIsFoundOutAndLeft() throws Exception {
        ManualTicker ticker = new ManualTicker();
        try (AdTagCase running = AdTagCase.start(Mode.SECURED, builder -> Inject.ticker(builder, ticker))) {
            running.middle.behaveNext(MiddleBehaviour.DEAF);
            try (MessageClient client = running.client()) {
                client.sendUnanswered();
                running.awaitMiddle("it came", () -> running.middle.requested() == 1);
                ticker.advance(Duration.ofSeconds(16));
                running.awaitMiddle("a ping", () -> running.middle.pings() == 1);
                ticker.advance(Duration.ofSeconds(21));
                running.await("it moved", () -> running.links().moves() == 1);
                client.echo(4);
                assertThat(running.links().closed().get(LinkCloseReason.STALLED))
                        .isEqualTo(1);
                for (int i = 0; i < 4; i++) {
                    ticker.advance(Duration.ofSeconds(16));
                    int pings = i + 2;
                    running.awaitMiddle("a ping", () -> running.middle.pings() == pings);
                    client.echo(4);
                }
                assertThat(running.links().open()).isEqualTo(1);
            }
        }
    }

    @Test
    void aMomentsAbsenceOfAMiddleProxyIsOneFailure() throws Exception {
        ManualTicker ticker = new ManualTicker();
        FakeMiddleProxy middle = FakeMiddleProxy.start(FakeMiddleProxy.anySecret());
        FakeBootstrap site = AdTagCase.siteOf(middle.address());
        try (AdTagCase running = AdTagCase.start(
                Mode.SECURED,
                middle,
                site,
                builder -> Inject.ticker(builder, ticker)
                        .middleProxies(AdTagCase.options(site).withMultiplexPerConnection(1)))) {
            List<MessageClient> clients = Clients.of(running, 8);
            Clients.echo(clients);
            middle.suspend();
            middle.killLinks(false);
            running.await("all links are gone", () -> running.links().open() == 0);
            running.await("attempts fail", () -> failed(running) > 0);
            middle.resume();
            AtomicInteger advanced = new AtomicInteger();
            running.await("all moved", () -> {
                boolean over = running.links().moves() == 8;
                if (!over) {
                    ticker.advanceSeen(Duration.ofMillis(50));
                    advanced.addAndGet(50);
                }
                return over;
            });
            assertThat(advanced.get()).as("milliseconds").isLessThan(9_000);
            Clients.echo(clients);
            Clients.close(clients);
        }
    }

    private static long failed(AdTagCase running) {
        return running.links().failed().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Test
    void aMiddleProxyThatHangsIsNotTriedAgainByItsClients() throws Exception {
        ManualTicker ticker = new ManualTicker();
        FakeMiddleProxy one = FakeMiddleProxy.start(FakeMiddleProxy.anySecret());
        try (FakeMiddleProxy other = FakeMiddleProxy.start(FakeMiddleProxy.anySecret())) {
            FakeBootstrap site = AdTagCase.siteOf(one.address(), other.address());
            one.behave(MiddleBehaviour.DEAF);
            other.behave(MiddleBehaviour.DEAF);
            try (AdTagCase running =
                            AdTagCase.start(Mode.SECURED, one, site, builder -> Inject.ticker(builder, ticker));
                    MessageClient client = running.client()) {
                running.await("it has a place", () -> running.links().clients() == 1);
                FakeMiddleProxy hung = one.accepted() > 0 ? one : other;
                hung.behave(MiddleBehaviour.SILENT);
                (hung == one ? other : one).behave(MiddleBehaviour.NORMAL);
                ticker.advance(Duration.ofSeconds(16));
                assertThat(hung.await(() -> hung.pings() == 1, AdTagCase.LIMIT)).isTrue();
                ticker.advance(Duration.ofSeconds(21));
                running.await("it moved", () -> running.links().moves() == 1);
                client.echo(4);
                assertThat(hung.accepted()).isEqualTo(1);
            }
        }
    }

    @Test
    void whoComesMeanwhileDoesNotHideThatALinkIsDead() throws Exception {
        ManualTicker ticker = new ManualTicker();
        try (AdTagCase running = AdTagCase.start(Mode.SECURED, builder -> Inject.ticker(builder, ticker))) {
            running.middle.behaveNext(MiddleBehaviour.DEAF);
            List<MessageClient> clients = new ArrayList<>();
            clients.add(running.client());
            running.await("it has a place", () -> running.links().clients() == 1);
            ticker.advance(Duration.ofSeconds(16));
            running.awaitMiddle("a ping", () -> running.middle.pings() == 1);
            for (int i = 2; i <= 4; i++) {
                ticker.advance(Duration.ofSeconds(6));
                clients.add(running.client());
                int places = i;
                running.await("it has a place", () -> running.links().clients() == places);
            }
            ticker.advance(Duration.ofSeconds(3));
            running.await("all moved", () -> running.links().moves() == 4);
            Clients.echo(clients);
            assertThat(stalled(running)).isEqualTo(1);
            Clients.close(clients);
        }
    }

    @Test
    void aLinkThatTakesNothingIsLeftAfterAMinute() throws Exception {
        ManualTicker ticker = new ManualTicker();
        try (AdTagCase running = AdTagCase.start(Mode.SIMPLE, builder -> Inject.ticker(builder, ticker))) {
            running.middle.behaveNext(MiddleBehaviour.NOT_READING);
            try (MessageClient flooding = running.client(ClientOptions.INTERMEDIATE);
                    MessageClient other = running.client(ClientOptions.INTERMEDIATE)) {
                running.await("both have a place", () -> running.links().clients() == 2);
                Thread flood = new Thread(() -> flood(flooding));
                flood.setDaemon(true);
                flood.start();
                running.await("the link is full", () -> running.stats().bufferedBytes() > 1 << 20);
                other.sendUnanswered();
                assertThat(running.stats().bufferedBytes()).isLessThan(3 << 20);
                MessageClient late = running.client(ClientOptions.INTERMEDIATE);
                running.await(
                        "it has a place, on the full link",
                        () -> running.links().clients() == 3);
                // In steps that are shorter than what opening the next link may take.
                running.await("it is given up", () -> {
                    boolean givenUp = stalled(running) == 1;
                    if (!givenUp) {
                        ticker.advanceSeen(Duration.ofSeconds(5));
                    }
                    return givenUp;
                });
                running.await("all moved", () -> running.links().moves() == 3);
                other.echo(4);
                late.echo(4);
                assertThat(running.stats().closed().values()).containsOnly(0L);
                late.close();
            }
        }
    }

    private static long stalled(AdTagCase running) {
        Long count = running.links().closed().get(LinkCloseReason.STALLED);
        return count == null ? 0 : count;
    }

    /** Until somebody closes it. */
    private static void flood(MessageClient client) {
        try {
            while (true) {
                client.sendUnanswered(100_000);
            }
        } catch (IOException closed) {
            assertThat(closed).isNotNull();
        }
    }
}
