package io.github.mtgjava.cli.stats;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which of the two formats a scraper would rather have, as its {@code Accept} header says (RFC 9110, 12.5.1). */
final class Accept {

    /** The text format that everybody reads. */
    static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    /** OpenMetrics. */
    static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private static final Pattern QUALITY = Pattern.compile(";\\s*q\\s*=\\s*([01](?:\\.[0-9]{0,3})?)\\s*(?:;|$)");
    private static final int MAX_HEADER = 2048;

    private Accept() {}

    /** One of the two; text where the header is missing, malformed or equally fond of both. */
    static String choose(@Nullable String header) {
        if (header == null || header.length() > MAX_HEADER) {
            return TEXT;
        }
        double openMetrics = 0;
        double text = 0;
        for (String range : header.toLowerCase(Locale.ROOT).split(",", -1)) {
            String type = range.split(";", 2)[0].strip();
            if (type.equals("application/openmetrics-text")) {
                openMetrics = Math.max(openMetrics, quality(range));
            } else if (type.equals("text/plain") || type.equals("text/*") || type.equals("*/*")) {
                text = Math.max(text, quality(range));
            }
        }
        return openMetrics > text ? OPEN_METRICS : TEXT;
    }

    private static double quality(String range) {
        Matcher quality = QUALITY.matcher(range);
        return quality.find() ? Double.parseDouble(quality.group(1)) : 1;
    }
}
