package io.github.mtgjava.internal.access;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One list as it was when it was good last. What goes wrong is logged when it begins and when it changes: the same trouble every
 * few seconds is no news. Changed by one thread at a time; read by any, without a lock.
 */
final class AccessList {

    private static final Logger LOG = LoggerFactory.getLogger(AccessList.class);
    private static final String TOO_LONG = "has more than " + PrefixList.MAX_BYTES + " bytes";

    private final Kind kind;
    private final String source;
    private volatile @Nullable PrefixSet prefixes;
    private volatile @Nullable String fault;
    private int skippedLines;
    private boolean saidThatLocalOnesAreDropped;

    /** What becomes of the addresses on it. */
    enum Kind {
        /** They are kept out. */
        BLOCK("block list"),
        /** Nobody else gets in. */
        ALLOW("allow list");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** Nothing is on it yet. */
    AccessList(Kind kind, String source) {
        this.kind = kind;
        this.source = source;
    }

    Kind kind() {
        return kind;
    }

    /** As messages call it. */
    String title() {
        return "the " + kind.words + " " + source;
    }

    /** Whether it was ever good. */
    boolean isLoaded() {
        return prefixes != null;
    }

    /** What is wrong with it now; null if nothing is. */
    @Nullable
    String fault() {
        return fault;
    }

    boolean contains(InetAddress address) {
        PrefixSet now = prefixes;
        return now != null && now.contains(address);
    }

    /** What is wrong with such content, in words that go behind "it"; null if nothing is. */
    static @Nullable String fault(byte[] content) {
        return content.length > PrefixList.MAX_BYTES
                ? TOO_LONG
                : PrefixList.parse(content).fault();
    }

    /**
     * Takes what its source has now.
     *
     * @return false if that is no good, and the list stays as it was
     */
    boolean take(byte[] content) {
        if (content.length > PrefixList.MAX_BYTES) {
            fail("it " + TOO_LONG);
            return false;
        }
        PrefixList list = PrefixList.parse(content);
        String flaw = list.fault();
        if (flaw != null) {
            fail("it " + flaw);
            return false;
        }
        put(list);
        fault = null;
        return true;
    }

    /** Takes what its source once had. What is wrong with the source stays as it is. */
    void takeCopy(byte[] content) {
        put(PrefixList.parse(content));
    }

    private void put(PrefixList list) {
        PrefixSet next = kind == Kind.BLOCK ? withoutLocal(list.prefixes()) : list.prefixes();
        reportSkipped(list.skippedLines());
        PrefixSet before = prefixes;
        if (before == null || !next.equals(before) || fault != null) {
            line(LOG.atInfo(), "access_list_loaded")
                    .addKeyValue("entries", list.entries())
                    .addKeyValue("ranges", next.ranges())
                    .log("the {} is in force", kind.words);
        }
        prefixes = next;
    }

    /** Block lists of addresses that should not be seen on the Internet name those of everybody's own network, too. */
    private PrefixSet withoutLocal(PrefixSet listed) {
        PrefixSet left = listed.without(PrefixSet.LOCAL);
        if (!left.equals(listed) && !saidThatLocalOnesAreDropped) {
            saidThatLocalOnesAreDropped = true;
            line(LOG.atWarn(), "access_list_local")
                    .log(
                            "the block list names private, loopback or link-local addresses: these are left out, as they are"
                                    + " those of your own network and of this machine; to keep them out use an allow list or a"
                                    + " firewall");
        }
        return left;
    }

    private void reportSkipped(int lines) {
        if (lines > 0 && lines != skippedLines) {
            line(LOG.atWarn(), "access_list_lines_skipped")
                    .addKeyValue("lines", lines)
                    .log("the {} has lines that nobody understands; the others are used", kind.words);
        }
        skippedLines = lines;
    }

    /** Its source has nothing that could be used. */
    void fail(String cause) {
        if (cause.equals(fault)) {
            return;
        }
        fault = cause;
        line(LOG.atWarn(), "access_list_failed")
                .addKeyValue("cause", cause)
                .log(
                        isLoaded()
                                ? "the {} cannot be loaded anew and stays as it is; trying again"
                                : "the {} cannot be loaded, so nobody is on it yet",
                        kind.words);
    }

    private LoggingEventBuilder line(LoggingEventBuilder line, String event) {
        return line.addKeyValue("event", event).addKeyValue("list", source);
    }
}
