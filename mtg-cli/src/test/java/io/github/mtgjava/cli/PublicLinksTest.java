package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.mtgjava.MtProxy;
import io.github.mtgjava.Secret;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PublicLinksTest {

    private static final Secret SECRET = Secret.parse("dd000102030405060708090a0b0c0d0e0f");

    private @Nullable InetSocketAddress ipv4;
    private @Nullable InetSocketAddress ipv6;

    @Test
    void haveTheBindAddressWhenNothingElseIsKnown() throws Exception {
        try (MtProxy proxy = proxy("127.0.0.1")) {
            JsonObject links = links(proxy);
            assertThat(links.keySet()).containsExactly("ipv4", "secret_for_mtproxybot");
            assertThat(tgUrl(links, "ipv4")).endsWith("&server=127.0.0.1").contains("port=" + port(proxy) + "&");
        }
    }

    @Test
    void haveTheAddressesGivenWithTheBoundPort() throws Exception {
        try (MtProxy proxy = proxy("127.0.0.1")) {
            ipv4 = InetSocketAddress.createUnresolved("proxy.example", 0);
            ipv6 = new InetSocketAddress("2001:db8::1", 443);
            JsonObject links = links(proxy);
            assertThat(tgUrl(links, "ipv4")).endsWith("&server=proxy.example").contains("port=" + port(proxy) + "&");
            assertThat(tgUrl(links, "ipv6")).endsWith("2001%3Adb8%3A%3A1").contains("port=443&");
        }
    }

    @Test
    void lookUpWhatClientsMayReachAndWasNotGiven() throws Exception {
        try (MtProxy proxy = proxy("::");
                OneShotServer four = OneShotServer.http("127.0.0.1", "203.0.113.5");
                OneShotServer six = OneShotServer.http("::1", "2001:db8::5")) {
            ipv6 = InetSocketAddress.createUnresolved("six.example", 443);
            JsonObject links = links(proxy, four.url(), six.url());
            assertThat(tgUrl(links, "ipv4")).endsWith("&server=203.0.113.5");
            assertThat(tgUrl(links, "ipv6")).endsWith("&server=six.example");
            assertThat(six.requests()).isEmpty();
        }
    }

    @Test
    void leaveOutAFamilyThatTheProxyDoesNotListenOn() throws Exception {
        try (MtProxy proxy = proxy("127.0.0.1");
                OneShotServer four = OneShotServer.http("127.0.0.1", "203.0.113.5");
                OneShotServer six = OneShotServer.http("::1", "2001:db8::5")) {
            assertThat(links(proxy, six.url(), four.url()).keySet()).containsExactly("ipv4", "secret_for_mtproxybot");
            assertThat(six.requests()).isEmpty();
        }
    }

    private JsonObject links(MtProxy proxy, URI... services) throws InterruptedException {
        PublicAddressLookup lookup = new PublicAddressLookup(List.of(services), Duration.ofSeconds(20));
        String json = new PublicLinks(SECRET, ipv4, ipv6, lookup).of(proxy).toJson();
        return JsonParser.parseString(json).getAsJsonObject();
    }

    private static String tgUrl(JsonObject links, String family) {
        return links.getAsJsonObject(family).get("tg_url").getAsString();
    }

    private static int port(MtProxy proxy) {
        return proxy.address().getPort();
    }

    private static MtProxy proxy(String host) {
        MtProxy proxy = MtProxy.builder()
                .secret(SECRET)
                .bind(new InetSocketAddress(host, 0))
                .build();
        proxy.start();
        return proxy;
    }
}
