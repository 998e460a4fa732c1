package io.github.mtgjava.cli.doctor;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Gets documents over HTTP; blocks, within a limit of time. */
@FunctionalInterface
interface Fetch {

    /**
     * Asks for a document.
     *
     * @param maxBytes of the body to read; whether there are more is not told
     * @throws IOException if there is no answer in time; its message is for operators
     */
    Answer get(URI url, int maxBytes) throws IOException, InterruptedException;

    /**
     * An answer, good or bad.
     *
     * @param status as in HTTP
     * @param date the Date header as it came
     * @param body one character for each byte
     */
    record Answer(int status, Optional<String> date, String body) {

        /** The body, taken for UTF-8. */
        String text() {
            return new String(body.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }
    }
}
