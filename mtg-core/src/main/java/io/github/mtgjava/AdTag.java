package io.github.mtgjava;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Names the channel that Telegram promotes to the clients of a proxy; Telegram's bot @MTProxybot hands them out. Immutable.
 * {@link #toString} does not show it: whoever has it can promote somebody else's channel.
 */
public final class AdTag {

    /** Length in bytes. */
    public static final int BYTES = 16;

    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{" + 2 * BYTES + "}");

    private final byte[] bytes;

    private AdTag(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads a tag as the bot prints it: 32 hex digits in any case.
     *
     * @throws IllegalArgumentException if it is none; the message does not show the text
     */
    public static AdTag parse(String text) {
        Objects.requireNonNull(text, "adTag");
        String hex = text.strip();
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("an ad tag is 32 hex digits, as @MTProxybot prints it; this one has "
                    + hex.length() + " characters or others than 0-9 and a-f");
        }
        return new AdTag(HexFormat.of().parseHex(hex));
    }

    /** A copy of the 16 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The tag in lower-case hex. */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AdTag tag && Arrays.equals(bytes, tag.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Says that it is one, not which. */
    @Override
    public String toString() {
        return "AdTag[redacted]";
    }
}
