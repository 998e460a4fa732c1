package io.github.mtgjava.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.IpFamily;
import io.github.mtgjava.cli.doctor.Finding.Status;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AddressCheckTest {

    private static final InetSocketAddress OURS = new InetSocketAddress("203.0.113.5", 443);
    private static final InetSocketAddress OTHER = new InetSocketAddress("203.0.113.6", 443);
    private static final InetSocketAddress NAME = InetSocketAddress.createUnresolved("proxy.example", 443);

    @Test
    void isContentWhenBothSaysTheSame() throws InterruptedException {
        assertOk(Map.of(IpFamily.IPV4, OURS), Map.of(IpFamily.IPV4, OURS.getAddress()), "so the world sees it");
        assertOk(Map.of(IpFamily.IPV4, NAME), Map.of(IpFamily.IPV4, OURS.getAddress()), "so the world sees it");
    }

    @Test
    void isContentWhenOneIsKnown() throws InterruptedException {
        assertOk(Map.of(IpFamily.IPV4, OURS), Map.of(), "203.0.113.5 (as given by -4)");
        assertOk(Map.of(), Map.of(IpFamily.IPV4, OURS.getAddress()), "203.0.113.5 (looked up)");
        assertThat(check(Map.of(IpFamily.IPV4, OURS), false, Map.of()).run())
                .containsExactly(Finding.ok("address", "links show 203.0.113.5 (as given by -4)"));
    }

    @Test
    void warnsWhenTheyDiffer() throws InterruptedException {
        List<Finding> findings = check(Map.of(IpFamily.IPV4, OURS), true, Map.of(IpFamily.IPV4, OTHER.getAddress()))
                .run();
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).status()).isEqualTo(Status.WARN);
        assertThat(findings.get(0).text()).contains("-4 says 203.0.113.5", "sees 203.0.113.6");
    }

    @Test
    void failsWhenMiddleProxiesSeeAnotherAddress() throws InterruptedException {
        assertThat(statusForMiddleProxies(OURS, OTHER.getAddress())).isEqualTo(Status.FAIL);
        assertThat(statusForMiddleProxies(OURS, OURS.getAddress())).isEqualTo(Status.OK);
        assertThat(statusForMiddleProxies(NAME, OURS.getAddress())).isEqualTo(Status.OK);
    }

    /** That goes into the keys, whatever clients may try. */
    @Test
    void failsWhenItIsNotTheFirstAddressOfTheNameThatMiddleProxiesSee() throws InterruptedException {
        InetSocketAddress both = InetSocketAddress.createUnresolved("both.example", 443);
        assertThat(statusForMiddleProxies(both, OTHER.getAddress())).isEqualTo(Status.FAIL);
        assertThat(statusForMiddleProxies(both, OURS.getAddress())).isEqualTo(Status.OK);
        assertThat(check(Map.of(IpFamily.IPV4, both), true, Map.of(IpFamily.IPV4, OTHER.getAddress()))
                        .run())
                .singleElement()
                .matches(finding -> finding.status() == Status.OK);
    }

    @Test
    void warnsWhenTheyDifferInAFamilyThatDoesNotLeadToMiddleProxies() throws InterruptedException {
        PublicAddresses differ =
                addresses(Map.of(IpFamily.IPV4, OURS), true, Map.of(IpFamily.IPV4, OTHER.getAddress()));
        assertThat(new AddressCheck(differ, Set.of(IpFamily.IPV6)).run())
                .singleElement()
                .matches(finding -> finding.status() == Status.WARN);
    }

    private static Status statusForMiddleProxies(InetSocketAddress given, InetAddress seen)
            throws InterruptedException {
        PublicAddresses addresses = addresses(Map.of(IpFamily.IPV4, given), true, Map.of(IpFamily.IPV4, seen));
        List<Finding> findings = new AddressCheck(addresses, Set.of(IpFamily.values())).run();
        assertThat(findings).hasSize(1);
        return findings.get(0).status();
    }

    @Test
    void warnsWhenNothingIsKnown() throws InterruptedException {
        List<Finding> findings = check(Map.of(), true, Map.of()).run();
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).status()).isEqualTo(Status.WARN);
        assertThat(findings.get(0).text()).contains("no service tells", "-4 or -6");
        assertThat(check(Map.of(), false, Map.of()).run())
                .singleElement()
                .matches(finding -> finding.text().contains("may be asked"));
    }

    @Test
    void failsWhenUsersCannotLookTheNameUp() throws InterruptedException {
        InetSocketAddress unknown = InetSocketAddress.createUnresolved("nowhere.example", 443);
        List<Finding> findings =
                check(Map.of(IpFamily.IPV4, unknown), true, Map.of()).run();
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).status()).isEqualTo(Status.FAIL);
    }

    @Test
    void asksOnceForEverybody() throws InterruptedException {
        AtomicInteger asked = new AtomicInteger();
        PublicAddresses addresses = new PublicAddresses(
                Map.of(IpFamily.IPV4, NAME),
                true,
                families -> {
                    asked.incrementAndGet();
                    return Map.of(IpFamily.IPV4, OTHER.getAddress());
                },
                AddressCheckTest::lookUp);
        assertThat(addresses.publicAddresses()).containsExactly(OTHER.getAddress(), OURS.getAddress());
        assertThat(addresses.publicAddresses()).hasSize(2);
        assertThat(asked).hasValue(1);
    }

    private static void assertOk(
            Map<IpFamily, InetSocketAddress> given, Map<IpFamily, InetAddress> found, String expected)
            throws InterruptedException {
        List<Finding> findings = check(given, true, found).run();
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).status()).isEqualTo(Status.OK);
        assertThat(findings.get(0).text()).contains(expected);
    }

    private static AddressCheck check(
            Map<IpFamily, InetSocketAddress> given, boolean asks, Map<IpFamily, InetAddress> found) {
        return new AddressCheck(addresses(given, asks, found), Set.of());
    }

    private static PublicAddresses addresses(
            Map<IpFamily, InetSocketAddress> given, boolean asks, Map<IpFamily, InetAddress> found) {
        return new PublicAddresses(given, asks, families -> found, AddressCheckTest::lookUp);
    }

    private static List<InetAddress> lookUp(String host) throws UnknownHostException {
        if (host.equals("proxy.example")) {
            return List.of(OURS.getAddress());
        }
        if (host.equals("both.example")) {
            return List.of(OURS.getAddress(), OTHER.getAddress());
        }
        throw new UnknownHostException(host);
    }
}
