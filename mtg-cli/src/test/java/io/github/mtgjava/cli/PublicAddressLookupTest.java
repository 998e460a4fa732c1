package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.IpFamily;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PublicAddressLookupTest {

    private static final Duration AMPLE = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String V4 = "127.0.0.1";
    private static final String V6 = "::1";

    @Test
    void asksEachFamilyOverItself() throws Exception {
        try (OneShotServer four = OneShotServer.http(V4, "203.0.113.5\n");
                OneShotServer six = OneShotServer.http(V6, "2001:db8::5")) {
            Map<IpFamily, InetAddress> found =
                    new PublicAddressLookup(List.of(four.url(), six.url()), AMPLE).find(EnumSet.allOf(IpFamily.class));
            assertThat(found)
                    .containsEntry(IpFamily.IPV4, InetAddress.getByName("203.0.113.5"))
                    .containsEntry(IpFamily.IPV6, InetAddress.getByName("2001:db8::5"));
            assertThat(four.requests())
                    .singleElement()
                    .asString()
                    .startsWith("GET /ip HTTP/1.0\r\nHost: 127.0.0.1:" + four.port() + "\r\n");
        }
    }

    @Test
    void asksOnlyForTheFamiliesThatAreMissing() throws Exception {
        try (OneShotServer six = OneShotServer.http(V6, "2001:db8::5")) {
            PublicAddressLookup lookup = new PublicAddressLookup(List.of(six.url()), AMPLE);
            assertThat(lookup.find(Set.of())).isEmpty();
            assertThat(lookup.find(Set.of(IpFamily.IPV4))).isEmpty();
            assertThat(six.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n203.0.113.5",
                "<html>203.0.113.5</html>",
                "localhost",
                "2001:db8::5",
                "203.0.113.500",
                "203.0.113.5 203.0.113.6",
                "203"
            })
    void goesOnToTheNextServiceWhenTheAnswerIsGarbage(String garbage) throws Exception {
        try (OneShotServer bad = OneShotServer.http(V4, garbage);
                OneShotServer good = OneShotServer.http(V4, "203.0.113.5\r\n")) {
            assertThat(ipv4(AMPLE, bad.url(), good.url())).hasToString("/203.0.113.5");
            assertThat(bad.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "203.0.113.5\n",
                "HTTP/1.1 404 Not Found\r\n\r\n203.0.113.5",
                "HTTP/1.1 200 OK\r\n203.0.113.5",
                "HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1:1/\r\n\r\n"
            })
    void goesOnToTheNextServiceWhenTheAnswerIsNoSuccess(String answer) throws Exception {
        try (OneShotServer bad = OneShotServer.raw(V4, answer);
                OneShotServer good = OneShotServer.http(V4, "203.0.113.5")) {
            assertThat(ipv4(AMPLE, bad.url(), good.url())).hasToString("/203.0.113.5");
        }
    }

    @Test
    void readsNoMoreThanFourKilobytes() throws Exception {
        try (OneShotServer large = OneShotServer.silent(
                        V4, "HTTP/1.1 200 OK\r\nX: " + "x".repeat(8000) + "\r\n\r\n203.0.113.5\n");
                OneShotServer good = OneShotServer.http(V4, "203.0.113.6")) {
            assertThat(ipv4(AMPLE, large.url(), good.url())).hasToString("/203.0.113.6");
        }
    }

    @Test
    void doesNotTakeTheBeginningOfAnAddressForTheAddress() throws Exception {
        String header = "HTTP/1.1 200 OK\r\nX: ";
        String padding = "x".repeat(4096 - header.length() - "\r\n\r\n203.0.113.1".length());
        try (OneShotServer cut = OneShotServer.raw(V4, header + padding + "\r\n\r\n203.0.113.15\n")) {
            assertThat(ipv4(AMPLE, cut.url())).isNull();
        }
    }

    @Test
    void givesASilentServiceItsShareOfTheTimeOnly() throws Exception {
        try (OneShotServer silent = OneShotServer.silent(V4, "");
                OneShotServer good = OneShotServer.http(V4, "203.0.113.5")) {
            assertThat(ipv4(Duration.ofSeconds(4), silent.url(), good.url())).hasToString("/203.0.113.5");
        }
    }

    @Test
    void givesUpWhenNobodyAnswersInTime() throws Exception {
        try (OneShotServer silent = OneShotServer.silent(V4, "HTTP/1.1 200 OK\r\n")) {
            long start = System.nanoTime();
            assertThat(ipv4(SHORT, silent.url(), silent.url())).isNull();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT.minusMillis(50), AMPLE);
        }
    }

    @Test
    void findsNothingWithoutServicesOrBehindClosedPorts() throws Exception {
        assertThat(ipv4(AMPLE)).isNull();
        URI closed;
        try (OneShotServer server = OneShotServer.http(V4, "")) {
            closed = server.url();
        }
        assertThat(ipv4(AMPLE, closed)).isNull();
    }

    private static InetAddress ipv4(Duration limit, URI... services) throws InterruptedException, IOException {
        return new PublicAddressLookup(List.of(services), limit)
                .find(Set.of(IpFamily.IPV4))
                .get(IpFamily.IPV4);
    }
}
