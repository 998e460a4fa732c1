package io.github.mtgjava.examples.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mtgjava.MtProxy;
import io.lettuce.core.RedisURI;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static final String SECRET = "dd00112233445566778899aabbccddeeff";

    @TempDir
    private Path directory;

    @Test
    void hasDefaults() {
        Settings settings = new Settings(Map.of());
        assertThat(settings.lifetime()).isEqualTo(RedisReplayCache.DEFAULT_LIFETIME);
        assertThat(settings.prefix()).isEqualTo("mtg:replay:");
        assertThat(settings.statsBind().toString()).endsWith("127.0.0.1:3129");
        assertThat(settings.auditFile()).isEmpty();
        assertThat(settings.notice()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.drain()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void readsWhatIsConfidentialFromFiles() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), SECRET + "\n");
        Path redis = Files.writeString(directory.resolve("redis"), "rediss://mtg:hunter2@redis.test:6380/1\n");
        Settings settings =
                new Settings(Map.of("MTG_SECRET_FILE", secret.toString(), "MTG_REDIS_FILE", redis.toString()));
        assertThat(settings.secret().hex()).isEqualTo(SECRET);
        RedisURI uri = settings.redis();
        assertThat(uri.isSsl()).isTrue();
        assertThat(uri.getHost()).isEqualTo("redis.test");
        assertThat(uri.getPort()).isEqualTo(6380);
        assertThat(uri.getDatabase()).isOne();
        assertThat(uri.toString()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource({"http://user:hunter2@redis.test", "redis://user:hunter2@", "redis://user:hunter2@redis test", "hunter2"
    })
    void showsNoPasswordWhateverIsWrongWithTheUri(String uri) {
        assertThatThrownBy(() -> new Settings(Map.of("MTG_REDIS", uri)).redis())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("MTG_REDIS")
                .satisfies(failure -> assertThat(everythingAbout(failure)).doesNotContain("hunter2"));
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> new Settings(Map.of()).secret()).hasMessage("MTG_SECRET or MTG_SECRET_FILE is needed");
        assertThatThrownBy(() -> new Settings(Map.of("MTG_REDIS", " ")).redis())
                .hasMessage("MTG_REDIS or MTG_REDIS_FILE is needed");
        assertThatThrownBy(() -> new Settings(Map.of("MTG_REDIS_FILE", "/nonexistent")).redis())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("MTG_REDIS_FILE: cannot be read");
    }

    @Test
    void tellsTheBuilder() {
        assertThatCode(() -> new Settings(Map.of(
                                "MTG_BIND", "[::1]:443",
                                "MTG_IPV4", "proxy.test:443",
                                "MTG_TRUSTED_PROXIES", "10.0.0.7, 2001:db8::/64",
                                "MTG_CLOAK_ADDRESS", "site.test:443",
                                "MTG_DC", "1=127.0.0.1:1001,2=127.0.0.1:1002, 2=[::1]:1002"))
                        .applyTo(MtProxy.builder()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "MTG_BIND, 127.0.0.1",
        "MTG_BIND, 127.0.0.1:65536",
        "MTG_BIND, ::1:443",
        "MTG_DC, 127.0.0.1:443",
        "MTG_DC, 2=127.0.0.1",
        "MTG_CLOAK_ADDRESS, site.test",
        "MTG_IPV4, 203.0.113.1",
    })
    void namesWhatIsWrong(String name, String value) {
        assertThatThrownBy(() -> new Settings(Map.of(name, value)).applyTo(MtProxy.builder()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(name + ": ");
    }

    @Test
    void takesSeconds() {
        assertThat(new Settings(Map.of("MTG_DRAIN", "7")).drain()).isEqualTo(Duration.ofSeconds(7));
        assertThatThrownBy(() -> new Settings(Map.of("MTG_DRAIN", "7s")).drain())
                .hasMessage("MTG_DRAIN: expected a number of seconds, not '7s'");
    }

    private static String everythingAbout(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
