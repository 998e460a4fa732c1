package io.github.mtgjava.internal.cloak;

import io.github.mtgjava.transport.faketls.ExtensionOrder;
import io.github.mtgjava.transport.faketls.RecordSlots;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The profile of a site on disk, a line of text: host, suite, group (hex), extension order, sizes. Of no use for another host.
 * Nothing that goes wrong here is fatal.
 */
final class ProfileFile {

    private static final String NAME = "origin-profile";
    private static final int MAX_BYTES = 1024;
    private static final Pattern LINE = Pattern.compile(
            "(\\S{1,255}) ([0-9a-f]{1,4}) ([0-9a-f]{1,4}) (KEY_SHARE_FIRST|SUPPORTED_VERSIONS_FIRST) ([0-9]{1,5}(?:,[0-9]{1,5}){0,15})\\s*");

    private static final Logger LOG = LoggerFactory.getLogger(ProfileFile.class);

    private final Path file;
    private final String host;

    ProfileFile(Path directory, String host) {
        this.file = directory.resolve(NAME);
        this.host = host;
    }

    /** What was written for that host, if it makes sense. */
    Optional<OriginProfile> read() {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return parse(new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            LOG.debug("what is known of the cloaked site cannot be read", unreadable);
            return Optional.empty();
        }
    }

    private Optional<OriginProfile> parse(String text) {
        Matcher line = LINE.matcher(text);
        if (!line.matches() || !line.group(1).equals(host)) {
            return Optional.empty();
        }
        List<Integer> sizes = Arrays.stream(line.group(5).split(",", -1))
                .map(Integer::valueOf)
                .toList();
        if (sizes.stream().anyMatch(size -> size < 1 || size > RecordSlots.MAX_PAYLOAD)) {
            return Optional.empty();
        }
        return Optional.of(new OriginProfile(
                Integer.parseInt(line.group(2), 16),
                Integer.parseInt(line.group(3), 16),
                ExtensionOrder.valueOf(line.group(4)),
                sizes));
    }

    void write(OriginProfile profile) {
        String sizes = String.join(
                ",", profile.encryptedBytes().stream().map(String::valueOf).toList());
        String line =
                "%s %04x %04x %s %s%n".formatted(host, profile.cipherSuite(), profile.group(), profile.order(), sizes);
        try {
            Files.createDirectories(file.getParent());
            Path temporary = Files.createTempFile(file.getParent(), NAME, ".tmp");
            try {
                Files.writeString(temporary, line);
                Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException failure) {
            LOG.debug("what is known of the cloaked site cannot be kept for the next start", failure);
        }
    }
}
