package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.mtgjava.PreferIp;
import io.github.mtgjava.RecordSizing;
import io.github.mtgjava.SecretType;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertersTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "65536, 65536",
        "10B, 10",
        "64k, 65536",
        "64KB, 65536",
        "64KiB, 65536",
        "64 kb, 65536",
        "128MB, 134217728",
        "1g, 1073741824",
        "3GiB, 3221225472"
    })
    void readsSizes(String text, long bytes) {
        assertThat(new Sizes().convert(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-1", "1.5KB", "KB", "64KBs", "64 K B", "1TB", "9999999999999999999", "999999999999999999GB"
            })
    void refusesOtherSizes(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Sizes().convert(text));
    }

    @ParameterizedTest
    @CsvSource({
        "120, 120000",
        "120s, 120000",
        "2m, 120000",
        "500ms, 500",
        "1h, 3600000",
        "0, 0",
        "PT2M, 120000",
        "pt1.5s, 1500"
    })
    void readsDurations(String text, long millis) {
        assertThat(new Durations().convert(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-5s", "PT-5S", "5x", "1.5s", "s", "9999999999999"})
    void refusesOtherDurations(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Durations().convert(text));
    }

    @Test
    void readsOverlapsOfUpTo30Days() {
        SecretOverlap overlaps = new SecretOverlap();
        assertThat(overlaps.convert("0")).isZero();
        assertThat(overlaps.convert("P30D")).isEqualTo(overlaps.convert("720h")).isEqualTo(Duration.ofDays(30));
        assertThatIllegalArgumentException().isThrownBy(() -> overlaps.convert("2592000001ms"));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:3128, 127.0.0.1, 3128",
        ":3128, 0.0.0.0, 3128",
        "[::1]:443, 0:0:0:0:0:0:0:1, 443",
        "[::]:0, 0:0:0:0:0:0:0:0, 0"
    })
    void readsBindAddresses(String text, String host, int port) {
        InetSocketAddress address = new BindAddress().convert(text);
        assertThat(address.getAddress().getHostAddress()).isEqualTo(host);
        assertThat(address.getPort()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "3128",
                "::1",
                "127.0.0.1",
                "127.0.0.1:65536",
                "a:b",
                "[127.0.0.1:1",
                "[x]:1",
                "1:2:3",
                "127.0.0.1:-1"
            })
    void refusesOtherBindAddresses(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new BindAddress().convert(text));
    }

    @Test
    void readsPublicAddressesWithoutLookingNamesUp() {
        InetSocketAddress name = new PublicAddress.Ipv4().convert("proxy.example:443");
        assertThat(name.isUnresolved()).isTrue();
        assertThat(name).isEqualTo(InetSocketAddress.createUnresolved("proxy.example", 443));
        assertThat(new PublicAddress.Ipv4().convert("203.0.113.5").getPort()).isZero();
        assertThat(new PublicAddress.Ipv6().convert("2001:db8::1").getPort()).isZero();
        assertThat(new PublicAddress.Ipv6().convert("[2001:db8::1]:443").getPort())
                .isEqualTo(443);
    }

    @Test
    void refusesPublicAddressesOfTheOtherFamily() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PublicAddress.Ipv4().convert("2001:db8::1"));
        assertThatIllegalArgumentException().isThrownBy(() -> new PublicAddress.Ipv6().convert("203.0.113.5"));
        assertThatIllegalArgumentException().isThrownBy(() -> new PublicAddress.Ipv4().convert(":443"));
        assertThatIllegalArgumentException().isThrownBy(() -> new PublicAddress.Ipv4().convert("203.0.113.5:0"));
    }

    @Test
    void readsCloakAddresses() {
        assertThat(new CloakAddress().convert("127.0.0.1:8443")).isEqualTo(new InetSocketAddress("127.0.0.1", 8443));
        assertThat(new CloakAddress().convert("www.example.com"))
                .isEqualTo(InetSocketAddress.createUnresolved("www.example.com", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new CloakAddress().convert(":443"));
    }

    @Test
    void readsAddressesOfDataCentres() {
        DcAddress dc = new DcAddress.Converter().convert("203=[::1]:5222");
        assertThat(dc).isEqualTo(new DcAddress(203, List.of(new InetSocketAddress("::1", 5222))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2",
                "=127.0.0.1:1",
                "0=127.0.0.1:1",
                "-2=127.0.0.1:1",
                "2=127.0.0.1",
                "2=127.0.0.1:0",
                "2=:1",
                "x=127.0.0.1:1"
            })
    void refusesOtherAddressesOfDataCentres(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new DcAddress.Converter().convert(text));
    }

    @Test
    void readsIpLiteralsOnly() {
        assertThat(IpLiteral.parse("203.0.113.5")).isPresent();
        assertThat(IpLiteral.parse("2001:db8::1")).isPresent();
        assertThat(IpLiteral.parse("::")).isPresent();
        for (String other : List.of(
                "",
                "localhost",
                "1.2.3",
                "1.2.3.256",
                "01.2.3.4",
                "1",
                ":",
                ":::",
                "1::2::3",
                "fe80::1%lo",
                "[::1]",
                "beef")) {
            assertThat(IpLiteral.parse(other)).as(other).isEmpty();
        }
    }

    @Test
    void readsLookupUrls() {
        LookupUrl.Converter converter = new LookupUrl.Converter();
        assertThat(converter.convert("none").url()).isEmpty();
        assertThat(converter.convert("http://127.0.0.1:8/ip").url()).contains(URI.create("http://127.0.0.1:8/ip"));
        for (String other : List.of("", "ifconfig.co", "ftp://a/b", "https:///ip", "http://a b/")) {
            assertThatIllegalArgumentException().as(other).isThrownBy(() -> converter.convert(other));
        }
    }

    @Test
    void tellsFilesFromUrls() {
        ListLocation.Converter converter = new ListLocation.Converter();
        assertThat(converter.convert("https://example.com/list"))
                .isEqualTo(new ListLocation(Optional.of(URI.create("https://example.com/list")), Optional.empty()));
        for (String file : List.of("/etc/list", "list.netset", "http")) {
            assertThat(converter.convert(file).file()).as(file).contains(Path.of(file));
        }
        for (String other : List.of("ftp://a/b", "https:///list", "http://a b/", "file:///etc/list", "a\0b")) {
            assertThatIllegalArgumentException().as(other).isThrownBy(() -> converter.convert(other));
        }
    }

    @Test
    void readsEnumerationsAsTheyAreDocumented() {
        assertThat(new PreferIpConverter().convert("only-ipv6")).isEqualTo(PreferIp.ONLY_IPV6);
        assertThat(new RecordSizingConverter().convert("DYNAMIC")).isEqualTo(RecordSizing.DYNAMIC);
        assertThat(new SecretTypeConverter().convert("tls")).isEqualTo(SecretType.TLS);
        assertThatIllegalArgumentException().isThrownBy(() -> new PreferIpConverter().convert("ipv4"));
        assertThatIllegalArgumentException().isThrownBy(() -> new RecordSizingConverter().convert(""));
        assertThatIllegalArgumentException().isThrownBy(() -> new SecretTypeConverter().convert("ee"));
    }
}
