package io.github.mtgjava.internal.cloak;

import io.github.mtgjava.crypto.MlKem768;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.internal.fetch.Refresher;
import io.github.mtgjava.internal.probe.OriginAnswer;
import io.github.mtgjava.internal.probe.OriginProbe;
import io.github.mtgjava.probe.ProbeException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the cloaked site's first flight at the start and every few hours, on a thread of its own, and keeps what it saw on
 * disk for the next start. Thread-safe.
 */
public final class OriginProfiler implements AutoCloseable {

    /** Signatures of elliptic curves vary by a byte or two from one handshake to the next. */
    private static final int SAMPLES = 4;

    private static final int MAX_ADDRESSES = 4;
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration LAST_RETRY = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(OriginProfiler.class);

    private final Origin origin;
    private final Look look;
    private final @Nullable ProfileCopy copy;
    private final Refresher refresher;
    private volatile @Nullable OriginProfile current;
    private boolean strange;

    /** Shows a server a ClientHello and tells what it answered. */
    @FunctionalInterface
    interface Look {
        /** Blocks for some seconds at the most. */
        OriginAnswer at(InetSocketAddress address) throws ProbeException;
    }

    /**
     * For a site.
     *
     * @param host the name to ask it for
     * @param expectsProxyHeader whether the site wants a header of the PROXY protocol first
     * @param interval from one good look to the next
     * @param directory where to keep what was seen; nowhere if it is empty
     */
    public OriginProfiler(
            Origin origin,
            String host,
            boolean expectsProxyHeader,
            Duration interval,
            Optional<Path> directory,
            RandomSource random) {
        this(
                origin,
                address -> expectsProxyHeader
                        ? OriginProbe.askWithProxyHeader(address, host, LIMIT, random)
                        : OriginProbe.ask(address, host, LIMIT, random),
                host,
                interval,
                directory,
                random);
    }

    OriginProfiler(
            Origin origin, Look look, String host, Duration interval, Optional<Path> directory, RandomSource random) {
        this.origin = origin;
        this.look = look;
        this.copy = directory.map(path -> new ProfileCopy(path, host)).orElse(null);
        this.refresher = Refresher.of("mtg-origin-profile", this::refresh, interval, LAST_RETRY, random);
    }

    /** Begins; what an earlier process saw serves until the site has answered. */
    public void start() {
        if (copy != null) {
            current = copy.read().orElse(null);
        }
        refresher.start(false);
    }

    /** What is known of the site; null if nothing is. Any thread. */
    @Nullable
    OriginProfile current() {
        return current;
    }

    /** Looks once; false if nobody answered. */
    boolean refresh() {
        prepareFor(current);
        List<InetSocketAddress> addresses;
        try {
            addresses = origin.addresses();
        } catch (UnknownHostException | RuntimeException unknown) {
            LOG.debug("the cloaked host cannot be looked up", unknown);
            return false;
        }
        for (InetSocketAddress address : addresses.subList(0, Math.min(addresses.size(), MAX_ADDRESSES))) {
            try {
                learn(lookAt(address));
                return true;
            } catch (ProbeException failure) {
                LOG.atDebug()
                        .addKeyValue("event", "origin_silent")
                        .addKeyValue("cause", failure.getMessage())
                        .log("the cloaked site does not show what it looks like");
            }
        }
        return false;
    }

    private List<OriginAnswer> lookAt(InetSocketAddress address) throws ProbeException {
        List<OriginAnswer> answers = new ArrayList<>();
        for (int i = 0; i < SAMPLES; i++) {
            answers.add(look.at(address));
        }
        return answers;
    }

    private void learn(List<OriginAnswer> answers) {
        OriginProfile seen = OriginProfile.of(answers).orElse(null);
        if (seen == null) {
            report(
                    "the cloaked site does not finish a TLS 1.3 handshake with clients like Telegram's, as this proxy seems to:"
                            + " who compares can tell; cloak a site that does");
            return;
        }
        if (answers.get(0).encryptedRecords().size() > 1) {
            report(
                    "the cloaked site answers with several encrypted records, but clients accept one only: who compares can"
                            + " tell; a site that packs them into one is less conspicuous");
        } else {
            strange = false;
        }
        if (!seen.equals(current)) {
            LOG.atInfo()
                    .addKeyValue("event", "origin_profile")
                    .addKeyValue("suite", Integer.toHexString(seen.cipherSuite()))
                    .addKeyValue("group", Integer.toHexString(seen.group()))
                    .addKeyValue("order", seen.order())
                    .addKeyValue("bytes", seen.encryptedBytes())
                    .log("answers look like the cloaked site's from now on");
        }
        prepareFor(seen);
        current = seen;
        if (copy != null) {
            copy.write(seen);
        }
    }

    /** Here it keeps nobody waiting, and where it is not needed it costs nothing. */
    private static void prepareFor(@Nullable OriginProfile profile) {
        if (profile != null && profile.isHybrid()) {
            MlKem768.warmUp();
        }
    }

    /** The same trouble again is no news. */
    private void report(String trouble) {
        if (!strange) {
            LOG.atWarn().addKeyValue("event", "origin_differs").log(trouble);
        }
        strange = true;
    }

    @Override
    public void close() {
        refresher.close();
    }
}
