package io.github.mtgjava.cli.doctor;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** Gets documents over HTTP; blocks, within limits of time and size. */
@FunctionalInterface
interface Fetch {

    /**
     * One request, without following redirects.
     *
     * @throws IOException if there is no answer in time, or it is too long; its message is for operators
     */
    Answer get(URI url) throws IOException, InterruptedException;

    /**
     * An answer, good or bad.
     *
     * @param status as in HTTP
     * @param date the Date header as it came
     * @param body one character for each byte
     */
    record Answer(int status, Optional<String> date, String body) {}
}
