package io.github.mtgjava.cli;

import io.github.mtgjava.AccessLists;
import io.github.mtgjava.MtProxy;
import io.github.mtgjava.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What SIGHUP sets off: the file with the secret and the lists are read again, and connections that are open go on. What
 * cannot be read stays as it was. Confined to the thread that waits for the signal.
 */
final class Reload {

    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

    private final MtProxy proxy;
    private final SecretSource source;
    private final @Nullable Path secretFile;
    private final Duration overlap;
    private final @Nullable AccessLists lists;
    private final LinkPrinter links;

    /** Shows the links to the proxy with that secret. */
    interface LinkPrinter {
        /** Returns an exit code. May wait for a look-up, which is bounded. */
        int print(Secret secret) throws InterruptedException;
    }

    /** With a proxy, and what it is started with; no lists if there are none. */
    Reload(
            MtProxy proxy,
            SecretSource source,
            EssentialOptions essentials,
            @Nullable AccessLists lists,
            LinkPrinter links) {
        this.proxy = proxy;
        this.source = source;
        this.secretFile = essentials.secretFile;
        this.overlap = Objects.requireNonNullElse(essentials.secretOverlap, SecretOverlap.DEFAULT);
        this.lists = lists;
        this.links = links;
    }

    /** Reloads once for every signal; only an interrupt ends it. */
    void onEvery(Hangup hangup) throws InterruptedException {
        while (true) {
            hangup.await();
            try {
                run();
            } catch (RuntimeException failure) {
                // Of the messages of foreign exceptions nobody knows what they quote.
                LOG.debug("the reload failed", failure);
                LOG.atWarn()
                        .addKeyValue("event", "reload_failed")
                        .addKeyValue("cause", Redaction.of(String.valueOf(failure.getMessage())))
                        .log("SIGHUP: what cannot be read stays as it was");
            }
        }
    }

    private void run() throws InterruptedException {
        if (secretFile == null && lists == null) {
            LOG.atWarn()
                    .addKeyValue("event", "nothing_to_reload")
                    .log("SIGHUP reads --secret-file, --blocklist and --allowlist again: none of them was given");
            return;
        }
        // The secret first: if that is wrong nothing is touched.
        String secret = secretFile == null ? "no_file" : changeSecret(secretFile) ? "changed" : "unchanged";
        // Of a list that cannot be had there is a warning already.
        String read = lists == null ? "none" : lists.reload() ? "read" : "kept";
        LOG.atInfo()
                .addKeyValue("event", "reloaded")
                .addKeyValue("secret", secret)
                .addKeyValue("overlap_seconds", overlap.toSeconds())
                .addKeyValue("lists", read)
                .log("reloaded");
    }

    private boolean changeSecret(Path file) throws InterruptedException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            // A pipe, for one, has been read out at the start: opening it again would never end, nor would any later
            // reload.
            throw new IllegalArgumentException("--secret-file: no regular file, which cannot be read again: " + file);
        }
        Secret secret = source.read(null, file);
        boolean changed = proxy.changeSecret(secret, overlap);
        if (changed) {
            links.print(secret);
        }
        return changed;
    }
}
