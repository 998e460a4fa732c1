package io.github.mtgjava.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.IpFamily;
import io.github.mtgjava.cli.Words;
import io.github.mtgjava.cli.doctor.Finding.Status;
import io.github.mtgjava.transport.middleproxy.ProxyList;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MiddleProxyReachTest {

    private static final Set<IpFamily> BOTH = Set.of(IpFamily.values());
    private static final List<ProxyList> LISTS = List.of(
            ProxyList.parse("proxy_for 1 192.0.2.1:80; proxy_for -1 192.0.2.1:80; proxy_for 2 192.0.2.2:80;"
                    + "proxy_for 2 192.0.2.22:80; proxy_for -2 192.0.2.3:80;"),
            ProxyList.parse("proxy_for 1 [2001:db8::1]:80; proxy_for 2 [2001:db8::2]:80;"));

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    @Test
    void asksOneOfEachEntryAndNobodyTwice() throws InterruptedException {
        assertThat(run(BOTH, LISTS, address -> true))
                .containsExactly(
                        Finding.ok("adtag", "3 of 3 middle proxies answer over IPv4"),
                        Finding.ok("adtag", "2 of 2 middle proxies answer over IPv6"));
        assertThat(asked)
                .containsExactlyInAnyOrder(
                        "192.0.2.1:80",
                        "192.0.2.2:80",
                        "192.0.2.3:80",
                        "[2001:db8:0:0:0:0:0:1]:80",
                        "[2001:db8:0:0:0:0:0:2]:80");
    }

    @Test
    void warnsOfThoseThatAreSilent() throws InterruptedException {
        List<Finding> findings =
                run(BOTH, LISTS, address -> !address.equals("192.0.2.2:80") && !address.equals("192.0.2.3:80"));
        assertThat(findings).hasSize(2);
        assertThat(findings.get(0).status()).isEqualTo(Status.WARN);
        assertThat(findings.get(0).text())
                .startsWith("1 of 3 middle proxies answer over IPv4, without DC2 at 192.0.2.2:80, DC-2 at 192.0.2.3:80"
                        + " (silence)");
        assertThat(findings.get(1).status()).isEqualTo(Status.OK);
    }

    @Test
    void warnsOfADeadFamily() throws InterruptedException {
        List<Finding> findings = run(BOTH, LISTS, address -> !address.startsWith("["));
        assertThat(findings).hasSize(2);
        assertThat(findings.get(1).status()).isEqualTo(Status.WARN);
        assertThat(findings.get(1).text())
                .startsWith("no middle proxy answers over IPv6 (silence)")
                .contains("--prefer-ip only-ipv4");
        assertThat(run(BOTH, LISTS, address -> address.startsWith("[")).get(0).text())
                .startsWith("no middle proxy answers over IPv4 (silence)")
                .contains("--prefer-ip only-ipv6");
    }

    @Test
    void failsOnceIfNobodyAnswers() throws InterruptedException {
        assertThat(run(BOTH, LISTS, address -> false)).singleElement().satisfies(finding -> {
            assertThat(finding.status()).isEqualTo(Status.FAIL);
            assertThat(finding.text()).startsWith("no middle proxy answers (silence)");
        });
    }

    @Test
    void doesNotTryAForbiddenFamily() throws InterruptedException {
        assertThat(run(Set.of(IpFamily.IPV6), LISTS, address -> true))
                .containsExactly(Finding.ok("adtag", "2 of 2 middle proxies answer over IPv6"));
        assertThat(asked).hasSize(2);
        assertThat(run(Set.of(IpFamily.IPV6), LISTS.subList(0, 1), address -> true))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.status()).isEqualTo(Status.FAIL);
                    assertThat(finding.text()).contains("no address of the family");
                });
    }

    @Test
    void asksNoMoreThanABoundedNumber() throws InterruptedException {
        String text = IntStream.rangeClosed(1, 200)
                .mapToObj(dc -> "proxy_for " + dc + " 192.0.2." + dc + ":80;\n")
                .collect(Collectors.joining());
        assertThat(run(BOTH, List.of(ProxyList.parse(text)), address -> true))
                .containsExactly(Finding.ok("adtag", "16 of 16 middle proxies answer over IPv4"));
        assertThat(asked).hasSize(MiddleProxyReach.MAX_ASKED).contains("192.0.2.1:80", "192.0.2.16:80");
    }

    @Test
    void saysNothingOfListsWithNothingInThem() throws InterruptedException {
        assertThat(run(BOTH, List.of(ProxyList.EMPTY, ProxyList.EMPTY), address -> true))
                .isEmpty();
    }

    private List<Finding> run(Set<IpFamily> families, List<ProxyList> lists, Predicate<String> answers)
            throws InterruptedException {
        MiddleProxyReach.Dial dial = address -> connect(address, answers);
        return new MiddleProxyReach(families, dial).of("adtag", lists);
    }

    private void connect(InetSocketAddress address, Predicate<String> answers) throws IOException {
        String text = Words.of(address);
        asked.add(text);
        if (!answers.test(text)) {
            throw new IOException("silence");
        }
    }
}
