package io.github.mtgjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessListsTest {

    private static final InetAddress CLIENT = InetAddress.getLoopbackAddress();

    @Test
    void withoutListsEverybodyMayCome() {
        try (AccessLists lists = AccessLists.builder().open()) {
            assertThat(lists.allows(CLIENT)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://example.test/list", "list.netset", "http:/list", "file:///etc/hosts"})
    void takesUrlsOfWebSitesOnly(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessLists.builder().block(URI.create(url)))
                .withMessageStartingWith("block: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessLists.builder().allow(URI.create(url)))
                .withMessageStartingWith("allow: ");
    }

    @Test
    void refreshesWithinReason() {
        for (Duration interval :
                new Duration[] {Duration.ofMillis(999), Duration.ofDays(7).plusNanos(1)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AccessLists.builder().refreshInterval(interval))
                    .withMessageStartingWith("refreshInterval: ");
        }
    }

    @Test
    void staysAsItWasWhenClosed(@TempDir Path directory) throws Exception {
        Path list = Files.writeString(directory.resolve("list"), "127.0.0.0/8\n::1\n");
        AccessLists lists = AccessLists.builder().allow(list).open();
        lists.close();
        lists.close();
        Files.writeString(list, "192.0.2.0/24\n");
        assertThat(lists.reload()).isFalse();
        assertThat(lists.allows(CLIENT)).isTrue();
        assertThat(lists.allows(InetAddress.getByName("192.0.2.1"))).isFalse();
    }

    @Test
    void anInterruptEndsTheStart() {
        Thread.currentThread().interrupt();
        // The port of nobody: the wait for the answer is what is interrupted.
        assertThatExceptionOfType(MtProxyException.class)
                .isThrownBy(() -> AccessLists.builder()
                        .block(URI.create("http://127.0.0.1:1/list"))
                        .open())
                .returns(MtProxyException.Reason.STOPPED, MtProxyException::reason)
                .withMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }
}
