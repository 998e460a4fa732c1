package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.KeptReplayCache;
import io.github.mtgjava.MtProxyBuilder;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.RecordingOrigin;
import java.net.Socket;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody recorded a handshake, and plays it when the proxy has been restarted. */
@Timeout(60)
class KeptReplaysIT {

    private static final long MIB = 1 << 20;

    @TempDir
    private Path directory;

    private KeptReplayCache open() {
        return KeptReplayCache.open(directory.resolve("replays"), MIB);
    }

    private static RunningCase start(Mode mode, KeptReplayCache replays, UnaryOperator<MtProxyBuilder> settings)
            throws Exception {
        return RunningCase.start(mode, builder -> settings.apply(builder.replayCache(replays)));
    }

    @Test
    void aRecordedHelloIsShownTheSite() throws Exception {
        try (RecordingOrigin origin = RecordingOrigin.start()) {
            UnaryOperator<MtProxyBuilder> cloaked = builder -> builder.cloakAddress(origin.address());
            byte[] hello;
            try (KeptReplayCache replays = open();
                    RunningCase running = start(Mode.TLS, replays, cloaked);
                    Socket client = running.client().openSocket()) {
                hello = running.client().clientHello();
                client.getOutputStream().write(hello);
                Hellos.readFlight(client);
            }
            try (KeptReplayCache replays = open();
                    RunningCase running = start(Mode.TLS, replays, cloaked);
                    Socket thief = running.client().openSocket()) {
                thief.getOutputStream().write(hello);
                assertThat(origin.awaitVisit(0).awaitBytes(hello.length)).isEqualTo(hello);
                running.events.awaitEvent("refused 1 REPLAY");
                assertThat(running.stats().replayCacheBytes()).isPositive();
            }
        }
    }

    @Test
    void aRecordedFrameIsRefused() throws Exception {
        byte[] frame;
        try (KeptReplayCache replays = open();
                RunningCase running = start(Mode.SECURED, replays, builder -> builder);
                Socket client = running.client().openSocket()) {
            frame = running.client().frame();
            client.getOutputStream().write(frame);
            running.events.await(
                    "it is a client",
                    () -> running.events.all().stream().anyMatch(event -> event.startsWith("handshake 1 ")));
        }
        try (KeptReplayCache replays = open();
                RunningCase running = start(Mode.SECURED, replays, builder -> builder);
                Socket thief = running.client().openSocket()) {
            thief.getOutputStream().write(frame);
            running.events.awaitEvent("refused 1 REPLAY");
            assertThat(running.refused(RefusalReason.REPLAY)).isEqualTo(1);
            try (Socket client = running.client().openSocket()) {
                client.getOutputStream().write(running.client().frame());
                running.events.await(
                        "others are let in",
                        () -> running.events.all().stream().anyMatch(event -> event.startsWith("handshake 2 ")));
            }
        }
    }
}
