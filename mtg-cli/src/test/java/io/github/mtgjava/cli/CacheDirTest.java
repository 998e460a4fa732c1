package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheDirTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
                    Linux,      /home/a, -,               -,         -,          /home/a/.cache/mtg-java
                    Linux,      /home/a, /var/cache/x,    -,         -,          /var/cache/x/mtg-java
                    Linux,      /home/a, relative,        -,         -,          /home/a/.cache/mtg-java
                    Linux,      /home/a, /var/cache/x,    /run/c,    -,          /run/c
                    Linux,      /home/a, -,               /run/c:/d, -,          /run/c
                    Linux,      ?,       -,               -,         -,          -
                    Linux,      '',      -,               -,         -,          -
                    Linux,      ?,       /var/cache/x,    -,         -,          /var/cache/x/mtg-java
                    FreeBSD,    /home/a, -,               -,         -,          /home/a/.cache/mtg-java
                    Mac OS X,   /Users/a,/var/cache/x,    -,         -,          /Users/a/Library/Caches/mtg-java
                    Windows 11, /a,      -,               -,         /local,     /local/mtg-java/cache
                    Windows 11, /a,      -,               -,         -,          -
                    """)
    void isWhereThePlatformWantsIt(String system, String home, String xdg, String unit, String local, String expected) {
        Map<String, String> variables = new HashMap<>();
        variables.put("XDG_CACHE_HOME", Objects.requireNonNullElse(xdg, ""));
        variables.put("CACHE_DIRECTORY", Objects.requireNonNullElse(unit, ""));
        variables.put("LOCALAPPDATA", Objects.requireNonNullElse(local, ""));
        CacheDir cache = CacheDir.platformDefault(new Environment(variables), system, home);
        assertThat(cache.path()).isEqualTo(Optional.ofNullable(expected).map(Path::of));
    }

    @Test
    void mayBeNamedOrTurnedOff() {
        assertThat(new CacheDir.Converter().convert("none").path()).isEmpty();
        assertThat(new CacheDir.Converter().convert("/var/cache/mtg").path()).contains(Path.of("/var/cache/mtg"));
    }
}
