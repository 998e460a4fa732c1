package io.github.mtgjava.internal.cloak;

import io.github.mtgjava.internal.fetch.CacheDirectory;
import io.github.mtgjava.internal.fetch.Fetchable;
import io.github.mtgjava.transport.faketls.ExtensionOrder;
import io.github.mtgjava.transport.faketls.RecordSlots;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The profile of a site on disk, a line of text: suite, group (hex), extension order, sizes. Each host has a file of its own.
 * Confined to one thread at a time.
 */
final class ProfileCopy implements Fetchable {

    private static final int MAX_BYTES = 256;
    private static final String SIZE = "[1-9][0-9]{0,4}";
    private static final Pattern LINE =
            Pattern.compile("(13[0-9a-f]{2}) ([0-9a-f]{4}) (KEY_SHARE_FIRST|SUPPORTED_VERSIONS_FIRST) (" + SIZE + "(?:,"
                    + SIZE + "){0,15})\\R");

    private final CacheDirectory directory;
    private final String name;

    ProfileCopy(Path directory, String host) {
        this.directory = new CacheDirectory(directory);
        this.name = CacheDirectory.fileName("origin-profile", host);
    }

    /** What was written for that host, if it makes sense. */
    Optional<OriginProfile> read() {
        return directory.read(this).flatMap(copy -> parse(copy.bytes()));
    }

    void write(OriginProfile profile) {
        String sizes = String.join(
                ",", profile.encryptedBytes().stream().map(String::valueOf).toList());
        String line = "%04x %04x %s %s\n".formatted(profile.cipherSuite(), profile.group(), profile.order(), sizes);
        directory.write(this, line.getBytes(StandardCharsets.UTF_8), Instant.now());
    }

    private static Optional<OriginProfile> parse(byte[] bytes) {
        Matcher line = LINE.matcher(new String(bytes, StandardCharsets.UTF_8));
        if (!line.matches()) {
            return Optional.empty();
        }
        List<Integer> sizes = Arrays.stream(line.group(4).split(",", -1))
                .map(Integer::valueOf)
                .toList();
        return sizes.stream().allMatch(size -> size <= RecordSlots.MAX_PAYLOAD)
                ? Optional.of(new OriginProfile(
                        Integer.parseInt(line.group(1), 16),
                        Integer.parseInt(line.group(2), 16),
                        ExtensionOrder.valueOf(line.group(3)),
                        sizes))
                : Optional.empty();
    }

    @Override
    public String title() {
        return "what the cloaked site looks like";
    }

    @Override
    public String fileName() {
        return name;
    }

    @Override
    public int maxBytes() {
        return MAX_BYTES;
    }

    @Override
    public @Nullable String fault(byte[] bytes) {
        return parse(bytes).isPresent() ? null : "makes no sense";
    }
}
