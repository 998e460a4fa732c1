package io.github.mtgjava.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.IpFamily;
import io.github.mtgjava.spi.TelegramDirectory;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

class TelegramCheckTest {

    private static final Set<IpFamily> BOTH = Set.of(IpFamily.values());

    @Test
    void tellsTheTimesOfEachFamily() throws InterruptedException {
        assertThat(run(BOTH, (ipv6, dc) -> true))
                .containsExactly(
                        Finding.ok("telegram", "IPv4: DC1 11 ms, DC2 12 ms, DC3 13 ms"),
                        Finding.ok("telegram", "IPv6: DC1 11 ms, DC2 12 ms, DC3 13 ms"));
    }

    @Test
    void tellsOnceThatADcIsDead() throws InterruptedException {
        List<Finding> findings = run(BOTH, (ipv6, dc) -> dc != 3);
        assertThat(findings).hasSize(3);
        assertThat(findings.get(2).status()).isEqualTo(Finding.Status.FAIL);
        assertThat(findings.get(2).text()).startsWith("DC3 does not answer (silence");
    }

    @Test
    void tellsOnceThatAllAreDead() throws InterruptedException {
        List<Finding> findings = run(BOTH, (ipv6, dc) -> false);
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).status()).isEqualTo(Finding.Status.FAIL);
        assertThat(findings.get(0).text()).startsWith("no data centre").contains("firewall");
    }

    @Test
    void warnsOnceOfADeadFamily() throws InterruptedException {
        List<Finding> findings = run(BOTH, (ipv6, dc) -> !ipv6);
        assertThat(findings).hasSize(2);
        assertThat(findings.get(1).status()).isEqualTo(Finding.Status.WARN);
        assertThat(findings.get(1).text()).startsWith("IPv6 does not work here").contains("--prefer-ip only-ipv4");
        assertThat(run(BOTH, (ipv6, dc) -> ipv6).get(1).text())
                .startsWith("IPv4 does not")
                .contains("only-ipv6");
    }

    @Test
    void warnsOnceOfDcsThatAreSilentOverOneFamily() throws InterruptedException {
        List<Finding> findings = run(BOTH, (ipv6, dc) -> !ipv6 || dc == 2);
        assertThat(findings).hasSize(3);
        assertThat(findings.get(2).status()).isEqualTo(Finding.Status.WARN);
        assertThat(findings.get(2).text()).startsWith("DC1, DC3: no answer over IPv6");
    }

    @Test
    void doesNotTryAForbiddenFamily() throws InterruptedException {
        assertThat(run(Set.of(IpFamily.IPV4), (ipv6, dc) -> !ipv6))
                .containsExactly(Finding.ok("telegram", "IPv4: DC1 11 ms, DC2 12 ms, DC3 13 ms"));
        assertThat(run(Set.of(IpFamily.IPV6), (ipv6, dc) -> ipv6))
                .containsExactly(Finding.ok("telegram", "IPv6: DC1 11 ms, DC2 12 ms, DC3 13 ms"));
    }

    @Test
    void saysNothingOfAFamilyWithoutAddresses() throws InterruptedException {
        InetSocketAddress ipv4 = new InetSocketAddress("127.0.0.1", 443);
        TelegramCheck.Probe probe = (address, dc) -> Duration.ofMillis(5);
        assertThat(new TelegramCheck(Map.of(2, List.of(ipv4)), BOTH, probe).run())
                .containsExactly(Finding.ok("telegram", "IPv4: DC2 5 ms"));
        assertThat(new TelegramCheck(Map.of(2, List.of(ipv4)), Set.of(IpFamily.IPV6), probe)
                        .run()
                        .get(0)
                        .text())
                .startsWith("no data centre of Telegram answers (no address");
    }

    @Test
    void oneAddressOfADcIsEnough() throws InterruptedException {
        InetSocketAddress bad = new InetSocketAddress("127.0.0.1", 1);
        InetSocketAddress good = new InetSocketAddress("127.0.0.1", 2);
        TelegramCheck.Probe probe = (address, dc) -> {
            if (address.equals(bad)) {
                throw new IOException("refused");
            }
            return Duration.ofMillis(7);
        };
        assertThat(new TelegramCheck(Map.of(2, List.of(bad, good)), BOTH, probe).run())
                .containsExactly(Finding.ok("telegram", "IPv4: DC2 7 ms"));
    }

    private static List<Finding> run(Set<IpFamily> families, BiPredicate<Boolean, Integer> answers)
            throws InterruptedException {
        Map<Integer, List<InetSocketAddress>> dcs = new TreeMap<>();
        for (int dc = 1; dc <= 3; dc++) {
            dcs.put(dc, TelegramDirectory.builtIn().addresses(dc));
        }
        return new TelegramCheck(dcs, families, (address, dc) -> {
                    if (answers.test(address.getAddress() instanceof Inet6Address, dc)) {
                        return Duration.ofMillis(10L + dc);
                    }
                    throw new IOException("silence");
                })
                .run();
    }
}
