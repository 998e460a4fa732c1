package io.github.mtgjava;

import java.util.Base64;
import java.util.HexFormat;

/** The text forms of a secret: hex, base64url, base64, in the order in which Telegram's own client tries them. */
final class SecretText {

    private static final String UNREADABLE = "the secret is neither hex nor base64";

    private SecretText() {}

    static byte[] decode(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("the secret is empty");
        }
        if (text.length() % 2 == 0 && text.chars().allMatch(SecretText::isHexDigit)) {
            return HexFormat.of().parseHex(text);
        }
        boolean urlAlphabet = text.indexOf('+') < 0 && text.indexOf('/') < 0;
        boolean padded = text.endsWith("=");
        // The JDK's decoders accept missing padding; standard base64 has to have it.
        if (!urlAlphabet && !padded && text.length() % 4 != 0) {
            throw new IllegalArgumentException(UNREADABLE);
        }
        byte[] bytes;
        try {
            bytes = (urlAlphabet ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(text);
        } catch (IllegalArgumentException unreadable) {
            // The JDK's message quotes the offending character, which is a part of the secret.
            throw new IllegalArgumentException(UNREADABLE);
        }
        if (!lastBitsAreZero(text, bytes, urlAlphabet)) {
            throw new IllegalArgumentException(UNREADABLE);
        }
        return bytes;
    }

    /** A text whose unused bits are set is a truncated or mistyped one; clients refuse it. */
    private static boolean lastBitsAreZero(String text, byte[] bytes, boolean urlAlphabet) {
        String again = (urlAlphabet ? Base64.getUrlEncoder() : Base64.getEncoder()).encodeToString(bytes);
        return strip(again).equals(strip(text));
    }

    private static String strip(String base64) {
        int end = base64.length();
        while (end > 0 && base64.charAt(end - 1) == '=') {
            end--;
        }
        return base64.substring(0, end);
    }

    private static boolean isHexDigit(int character) {
        return HexFormat.isHexDigit(character);
    }
}
