package io.github.mtgjava.internal.cloak;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.mtgjava.internal.LogRecorder;
import io.github.mtgjava.internal.probe.OriginAnswer;
import io.github.mtgjava.probe.ProbeException;
import io.github.mtgjava.probe.ProbeException.Fault;
import io.github.mtgjava.transport.faketls.ExtensionOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginProfilerTest {

    private static final OriginAnswer ONE = answer(0x1301, 0x001d, 4000);
    private static final OriginProfile ONE_PROFILE =
            new OriginProfile(0x1301, 0x001d, ExtensionOrder.SUPPORTED_VERSIONS_FIRST, List.of(4000, 4000, 4000, 4000));

    @TempDir
    Path directory;

    private final LogRecorder log = LogRecorder.of(OriginProfiler.class);
    private OriginAnswer next = ONE;
    private boolean silent;

    private static OriginAnswer answer(int suite, int group, Integer... records) {
        return new OriginAnswer(true, suite, group, false, ExtensionOrder.SUPPORTED_VERSIONS_FIRST, List.of(records));
    }

    private OriginProfiler profiler() {
        return Profiles.profiler(
                address -> {
                    if (silent) {
                        throw new ProbeException(Fault.TIMED_OUT, "nothing");
                    }
                    return next;
                },
                Optional.of(directory));
    }

    @AfterEach
    void stop() {
        log.close();
    }

    @Test
    void remembersWhatTheSiteAnswersAndNoticesChanges() {
        OriginProfiler profiler = profiler();
        assertThat(profiler.current()).isNull();
        assertThat(profiler.refresh()).isTrue();
        assertThat(profiler.current()).isEqualTo(ONE_PROFILE);
        assertThat(profiler.refresh()).isTrue();
        assertThat(log.messages(Level.INFO)).hasSize(1);
        next = answer(0x1302, 0x11ec, 5000);
        profiler.refresh();
        assertThat(profiler.current())
                .isEqualTo(new OriginProfile(
                        0x1302, 0x11ec, ExtensionOrder.SUPPORTED_VERSIONS_FIRST, List.of(5000, 5000, 5000, 5000)));
        assertThat(log.messages(Level.INFO)).hasSize(2);
        assertThat(log.messages(Level.WARN)).isEmpty();
    }

    @Test
    void aSilentSiteChangesNothingAndIsAskedAgainSoon() {
        OriginProfiler profiler = profiler();
        profiler.refresh();
        silent = true;
        assertThat(profiler.refresh()).isFalse();
        assertThat(profiler.current()).isEqualTo(ONE_PROFILE);
    }

    @Test
    void aSiteThatCannotBeImitatedIsSaidOnce() {
        OriginProfiler profiler = profiler();
        profiler.refresh();
        next = new OriginAnswer(false, 0xc02f, 0, false, ExtensionOrder.KEY_SHARE_FIRST, List.of());
        assertThat(profiler.refresh()).isTrue();
        next = new OriginAnswer(true, 0x1301, 0x0017, true, ExtensionOrder.KEY_SHARE_FIRST, List.of());
        assertThat(profiler.refresh()).isTrue();
        assertThat(profiler.current()).isEqualTo(ONE_PROFILE);
        assertThat(log.messages(Level.WARN)).hasSize(1);
    }

    @Test
    void severalRecordsCountTogetherUpToWhatOneHolds() {
        OriginProfiler profiler = profiler();
        next = answer(0x1301, 0x001d, 32, 900, 281, 53);
        profiler.refresh();
        profiler.refresh();
        assertThat(profiler.current().encryptedBytes()).containsOnly(1266);
        assertThat(log.messages(Level.WARN)).singleElement().asString().contains("one only");
        next = answer(0x1301, 0x001d, 16_401, 16_401);
        profiler.refresh();
        assertThat(profiler.current().encryptedBytes()).containsOnly(16_401);
    }

    @Test
    void whatAnEarlierProcessSawServesUntilTheSiteAnswers() {
        profiler().refresh();
        silent = true;
        try (OriginProfiler again = profiler()) {
            again.start();
            assertThat(again.current()).isEqualTo(ONE_PROFILE);
        }
    }

    @Test
    void whatIsKnownOfAnotherSiteIsOfNoUse() {
        new ProfileCopy(directory, "other.test").write(ONE_PROFILE);
        silent = true;
        try (OriginProfiler profiler = profiler()) {
            profiler.start();
            assertThat(profiler.current()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1301 001d SOME_ORDER 4000\n",
                "1301 001d KEY_SHARE_FIRST 0\n",
                "1301 001d KEY_SHARE_FIRST 16402\n",
                "1301 001d KEY_SHARE_FIRST 4000,\n",
                "1301 001d KEY_SHARE_FIRST 4000",
                "11301 001d KEY_SHARE_FIRST 4000\n",
                "c02f 001d KEY_SHARE_FIRST 4000\n",
                "1301 001d KEY_SHARE_FIRST 4000 more\n"
            })
    void whatMakesNoSenseIsIgnored(String text) throws Exception {
        Files.writeString(directory.resolve(new ProfileCopy(directory, Profiles.HOST).fileName()), text);
        silent = true;
        try (OriginProfiler profiler = profiler()) {
            profiler.start();
            assertThat(profiler.current()).isNull();
        }
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsNoTrouble() throws Exception {
        directory = Files.writeString(directory.resolve("taken"), "no directory");
        OriginProfiler profiler = profiler();
        assertThat(profiler.refresh()).isTrue();
        assertThat(profiler.current()).isEqualTo(ONE_PROFILE);
    }
}
