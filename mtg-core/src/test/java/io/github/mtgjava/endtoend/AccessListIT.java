package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.github.mtgjava.AccessLists;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.internal.LogRecorder;
import io.github.mtgjava.spi.ClientFilter;
import io.github.mtgjava.testkit.FakeBootstrap;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.FakeOrigin;
import io.github.mtgjava.testkit.RecordingOrigin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is kept out by a list, or a filter, is a stranger like any other. */
@Timeout(120)
class AccessListIT {

    private static final String PATH = "/list.netset";

    @TempDir
    Path directory;

    /** Loopback addresses are never blocked, so clients come from elsewhere, as far as the lists can tell. */
    private final AtomicReference<String> client = new AtomicReference<>("203.0.113.7");

    private ClientFilter asFrom(AccessLists lists) {
        return loopback -> {
            try {
                return lists.allows(InetAddress.getByName(client.get()));
            } catch (IOException literal) {
                throw new AssertionError(literal);
            }
        };
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("list.netset"), content);
    }

    private static void assertServed(RunningCase running) throws IOException {
        try (FakeClient served = running.client().connect()) {
            assertThat(served.echo(new byte[100])).hasSize(100);
        }
    }

    /** Whatever it sends, a genuine handshake included, goes to the site, whose first visitor it is. */
    private static void assertSeesTheSite(RunningCase running, RecordingOrigin origin) throws IOException {
        byte[] hello = running.client().clientHello();
        try (Socket socket = running.client().openSocket()) {
            socket.getOutputStream().write(hello);
            assertThat(origin.awaitVisit(0).awaitBytes(hello.length)).isEqualTo(hello);
        }
    }

    @Test
    void whoIsOnABlockListSeesTheSiteAndOthersAreServed() throws Exception {
        try (AccessLists lists =
                        AccessLists.builder().block(file("203.0.113.0/24")).open();
                RecordingOrigin origin = RecordingOrigin.start();
                RunningCase running = RunningCase.start(
                        Mode.TLS,
                        builder -> builder.cloakAddress(origin.address()).clientFilter(asFrom(lists)))) {
            assertSeesTheSite(running, origin);
            running.events.awaitEvent("cloaked 1 BLOCKED");
            client.set("198.51.100.7");
            assertServed(running);
            assertThat(running.refused(RefusalReason.BLOCKED)).isEqualTo(1);
        }
    }

    @Test
    void aBrowserOnABlockListSeesThePage() throws Exception {
        try (FakeOrigin origin = FakeOrigin.start();
                RunningCase running = RunningCase.start(
                        Mode.TLS,
                        builder -> builder.cloakAddress(origin.address()).clientFilter(anybody -> false))) {
            assertThat(origin.fetch(running.proxy.address())).contains(FakeOrigin.MARKER);
            assertThat(running.refused(RefusalReason.BLOCKED)).isEqualTo(1);
        }
    }

    @Test
    void withoutASiteItMeetsSilence() throws Exception {
        try (RunningCase running = RunningCase.start(Mode.SECURED, builder -> builder.clientFilter(anybody -> false));
                Socket socket = running.client().openSocket()) {
            socket.getOutputStream().write(running.client().frame());
            running.events.awaitEvent("refused 1 BLOCKED");
            socket.setSoTimeout(100);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            assertThat(running.telegram.accepted()).isZero();
        }
    }

    @Test
    void withAnAllowListOnlyWhoIsOnItIsServed() throws Exception {
        Path list = file("127.0.0.0/8\n::1\n");
        try (AccessLists lists = AccessLists.builder().allow(list).open();
                RecordingOrigin origin = RecordingOrigin.start();
                RunningCase running = RunningCase.start(
                        Mode.TLS,
                        builder -> builder.cloakAddress(origin.address()).clientFilter(lists))) {
            assertServed(running);
            file("192.0.2.0/24");
            assertThat(lists.reload()).isTrue();
            assertSeesTheSite(running, origin);
            assertThat(running.refused(RefusalReason.BLOCKED)).isEqualTo(1);
        }
    }

    @Test
    void privateAddressesOnABlockListAreServedAllTheSame() throws Exception {
        try (LogRecorder log = LogRecorder.of(Class.forName("io.github.mtgjava.internal.access.AccessList"));
                AccessLists lists = AccessLists.builder()
                        .block(file("127.0.0.0/8\n::1\n10.0.0.0/8\n"))
                        .open();
                RunningCase running = RunningCase.start(Mode.TLS, builder -> builder.clientFilter(lists))) {
            assertServed(running);
            assertThat(log.messages(Level.WARN)).singleElement().asString().contains("left out");
        }
    }

    @Test
    void aFileThatChangesCountsForWhoComesThen() throws Exception {
        try (AccessLists lists =
                        AccessLists.builder().block(file("192.0.2.0/24")).open();
                RunningCase running = RunningCase.start(Mode.TLS, builder -> builder.clientFilter(asFrom(lists)));
                FakeClient early = running.client().connect()) {
            file("192.0.2.0/24\n203.0.113.7\n");
            running.await("the file is read", () -> !lists.allows(address("203.0.113.7")));
            try (Socket late = running.client().openSocket()) {
                running.events.awaitEvent("refused 2 BLOCKED");
                assertThat(late.isConnected()).isTrue();
            }
            assertThat(early.echo(new byte[10])).as("who is in stays in").hasSize(10);
            file("192.0.2.0/24\n");
            running.await("the file is read again", () -> lists.allows(address("203.0.113.7")));
            assertServed(running);
        }
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aListStaysInForceWhileItsSiteIsAwayOrTalksNonsense() throws Exception {
        try (FakeBootstrap site = FakeBootstrap.start().with(PATH, "203.0.113.0/24\n");
                AccessLists lists = AccessLists.builder().block(site.url(PATH)).open();
                RunningCase running = RunningCase.start(Mode.TLS, builder -> builder.clientFilter(asFrom(lists)))) {
            site.suspend();
            assertThat(lists.reload()).isFalse();
            assertRefused(running, 1);
            site.with(PATH, "<html>Sorry</html>").resume();
            assertThat(lists.reload()).isFalse();
            assertRefused(running, 2);
            site.with(PATH, "192.0.2.0/24\n");
            assertThat(lists.reload()).isTrue();
            assertServed(running);
        }
    }

    private static void assertRefused(RunningCase running, int connection) throws IOException {
        try (Socket socket = running.client().openSocket()) {
            running.events.awaitEvent("refused " + connection + " BLOCKED");
            assertThat(socket.isConnected()).isTrue();
        }
    }

    @Test
    void aFilterThatFailsKeepsOutWhomItWasAskedAbout() throws Exception {
        ClientFilter faulty = anybody -> {
            if (client.get().isEmpty()) {
                throw new IllegalStateException("a fault on purpose");
            }
            return true;
        };
        try (RecordingOrigin origin = RecordingOrigin.start();
                RunningCase running = RunningCase.start(
                        Mode.TLS,
                        builder -> builder.cloakAddress(origin.address()).clientFilter(faulty))) {
            String good = client.getAndSet("");
            assertSeesTheSite(running, origin);
            assertThat(running.refused(RefusalReason.BLOCKED)).isEqualTo(1);
            assertThat(running.stats().crashes()).isEqualTo(1);
            running.events.forgiveCrashes();
            client.set(good);
            assertServed(running);
        }
    }
}
