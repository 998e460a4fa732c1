package io.github.mtgjava.chaos;

import static io.github.mtgjava.chaos.Fault.CLOCK_JUMPED;
import static io.github.mtgjava.chaos.Fault.NO_DESCRIPTORS;
import static io.github.mtgjava.chaos.Fault.SITE_REFUSES;
import static io.github.mtgjava.chaos.Fault.SITE_RESETS;
import static io.github.mtgjava.chaos.Fault.SITE_STALLS;
import static io.github.mtgjava.chaos.Fault.TELEGRAM_REFUSES;
import static io.github.mtgjava.chaos.Fault.TELEGRAM_RESETS;
import static io.github.mtgjava.chaos.Fault.TELEGRAM_STALLS;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.chaos.Weather.Moment;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What client, proxy and Telegram say of one connection. Thread-safe. */
final class Account {

    private static final Set<CloseReason> GOOD_ENDS = Set.of(CloseReason.CLIENT_CLOSED, CloseReason.TELEGRAM_CLOSED);

    private final int id;
    private final Kind kind;
    private final Moment born;
    private boolean halfClosed;

    private @Nullable Outcome outcome;
    private String how = "";
    private @Nullable Moment ended;
    private Flow wire = Flow.NOTHING;
    private Flow payload = Flow.NOTHING;

    private boolean accepted;
    private @Nullable CloseReason reason;
    private Flow relayed = Flow.NOTHING;

    private int atTelegram;
    private int overAtTelegram;
    private boolean resetByTelegram;
    private Flow telegram = Flow.NOTHING;

    /**
     * Bytes of one connection.
     *
     * @param up from the client
     * @param down to the client
     */
    record Flow(long up, long down) {

        static final Flow NOTHING = new Flow(0, 0);

        /** Whether whoever is further up has seen no less of what came down, and no more of what went up. */
        boolean isPlausiblyBelow(Flow upper) {
            return upper.up <= up && upper.down >= down;
        }
    }

    Account(int id, Kind kind, Moment born) {
        this.id = id;
        this.kind = kind;
        this.born = born;
    }

    int id() {
        return id;
    }

    Kind kind() {
        return kind;
    }

    Moment born() {
        return born;
    }

    /** The client has sent FIN and still expects something. */
    synchronized void halfClosed() {
        halfClosed = true;
    }

    /** The client's last word. */
    synchronized void ended(Outcome as, String why, Moment now, Flow overWire, Flow inside) {
        outcome = as;
        how = why;
        ended = now;
        wire = overWire;
        payload = inside;
    }

    /** The proxy took it. */
    synchronized void accepted() {
        accepted = true;
    }

    /** The proxy's last word. */
    synchronized void closed(CloseReason why, Flow counted) {
        reason = why;
        relayed = counted;
    }

    /** Telegram has got its frame. */
    synchronized void reachedTelegram() {
        atTelegram++;
    }

    /** Telegram is about to reset it. */
    synchronized void resetByTelegram() {
        resetByTelegram = true;
    }

    /** Telegram's last word. */
    synchronized void overAtTelegram(Flow counted) {
        overAtTelegram++;
        telegram = counted;
    }

    synchronized boolean hasReachedTelegram() {
        return atTelegram > 0;
    }

    synchronized boolean hasEnded() {
        return outcome != null;
    }

    synchronized @Nullable Outcome outcome() {
        return outcome;
    }

    /** Whether all have had their last word. */
    synchronized boolean isDone() {
        return outcome != null && reason != null && atTelegram == overAtTelegram;
    }

    /** Whether the client has gone and the proxy has not even accepted it. */
    synchronized boolean isIgnored() {
        return outcome != null && !accepted;
    }

    /** What is wrong with it; null if it adds up. */
    synchronized @Nullable String flaw() {
        if (atTelegram > 1 || (atTelegram > 0 && !kind.isGenuine())) {
            return "it came to Telegram " + atTelegram + " times";
        }
        if (reason == CloseReason.INTERNAL_ERROR || reason == CloseReason.PROXY_STOPPED) {
            return "nothing explains that end";
        }
        if (outcome == Outcome.LOST && !isExcused()) {
            return "no fault explains its loss";
        }
        if (outcome == Outcome.COMPLETE || outcome == Outcome.CLOAKED) {
            return flawOfGoodEnd();
        }
        if (accepted && !wire.isPlausiblyBelow(relayed)) {
            return "proxy and client count differently";
        }
        return atTelegram > 0 && !payload.isPlausiblyBelow(telegram) ? "Telegram got or sent what never was" : null;
    }

    private @Nullable String flawOfGoodEnd() {
        if (!relayed.equals(wire)) {
            return "the proxy counts other bytes";
        }
        if (outcome == Outcome.CLOAKED || !kind.isGenuine()) {
            return reason == CloseReason.REFUSED ? null : "it should have been refused";
        }
        if (!telegram.equals(payload)) {
            return "Telegram counts other bytes";
        }
        // Telegram may reset what its client has just ended.
        boolean good = reason != null && GOOD_ENDS.contains(reason);
        return good || (resetByTelegram && reason == CloseReason.TELEGRAM_RESET)
                ? null
                : "it should have ended in peace";
    }

    private boolean isExcused() {
        if (isHit(NO_DESCRIPTORS) && atTelegram == 0) {
            return true;
        }
        boolean siteInTrouble = isHit(SITE_REFUSES, SITE_RESETS, SITE_STALLS);
        if (!kind.isGenuine()) {
            return siteInTrouble;
        }
        if (atTelegram == 0) {
            return isHit(TELEGRAM_REFUSES, TELEGRAM_RESETS) || (isHit(CLOCK_JUMPED) && siteInTrouble);
        }
        // Who has sent its end has to be served within the time that is left for that.
        return resetByTelegram || (halfClosed && isHit(TELEGRAM_STALLS));
    }

    private boolean isHit(Fault... faults) {
        return ended == null || !Weather.wasCalm(born, ended, faults);
    }

    /** Of one that the proxy never accepted: what is wrong with that; null if nothing is. */
    synchronized @Nullable String flawOfIgnored() {
        // Whoever has nothing to say is content with being turned away.
        boolean turnedAway = isHit(NO_DESCRIPTORS) && wire.down == 0;
        return outcome == Outcome.LEFT || turnedAway ? null : "the proxy never accepted it";
    }

    @Override
    public synchronized String toString() {
        return kind + " " + id + ": " + outcome + " (" + how + "), wire " + wire + ", payload " + payload
                + "; at the proxy " + (accepted ? "accepted, " : "") + reason + " " + relayed + "; at Telegram "
                + overAtTelegram + " of " + atTelegram + (resetByTelegram ? ", reset, " : ", ") + telegram
                + "; from " + born + " to " + ended;
    }
}
