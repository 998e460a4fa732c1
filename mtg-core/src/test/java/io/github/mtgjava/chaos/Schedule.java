package io.github.mtgjava.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * When which fault comes and goes. Two hands deal faults, each with breaks and from a shuffled deck, so that now there is one,
 * now there are two, and now there is none; but never twice the same one.
 *
 * @param turns in the order of time
 */
record Schedule(List<Turn> turns) {

    private static final Set<Fault> LISTENING =
            Set.of(Fault.NO_DESCRIPTORS, Fault.TELEGRAM_REFUSES, Fault.SITE_REFUSES);

    private static final int HANDS = 2;
    /** Of a fault's length; it lasts one to three of them. */
    private static final int UNITS = 40;

    /** Of the longest break's length, if there is so much time. */
    private static final int BREAKS = 120;

    private static final long LONGEST_UNIT_MILLIS = 4_000;

    /**
     * A fault comes or goes.
     *
     * @param atMillis since the beginning
     */
    record Turn(long atMillis, Fault fault, boolean comes) {}

    private record Episode(Fault fault, long from, long to) {

        boolean clashes(Episode other) {
            return areAtOdds(fault, other.fault) && from <= other.to && other.from <= to;
        }
    }

    static Schedule of(Random random, Duration length, List<Fault> faults) {
        long unit = Math.min(LONGEST_UNIT_MILLIS, length.toMillis() / UNITS);
        List<Episode> episodes = new ArrayList<>();
        for (int hand = 0; hand < HANDS; hand++) {
            deal(random, length.toMillis(), unit, faults, episodes);
        }
        List<Turn> turns = new ArrayList<>();
        for (Episode episode : episodes) {
            turns.add(new Turn(episode.from(), episode.fault(), true));
            turns.add(new Turn(episode.to(), episode.fault(), false));
        }
        turns.sort(Comparator.comparingLong(Turn::atMillis));
        return new Schedule(List.copyOf(turns));
    }

    private static void deal(Random random, long length, long unit, List<Fault> faults, List<Episode> episodes) {
        List<Fault> deck = new ArrayList<>();
        long at = unit;
        while (true) {
            if (deck.isEmpty()) {
                deck.addAll(faults);
                Collections.shuffle(deck, random);
            }
            Fault fault = deck.remove(deck.size() - 1);
            long from = at + between(random, unit / 2, Math.max(2 * unit, length / BREAKS));
            at = from + between(random, unit, 3 * unit);
            if (at > length) {
                return;
            }
            Episode episode = new Episode(fault, from, at);
            if (episodes.stream().noneMatch(episode::clashes)) {
                episodes.add(episode);
            }
        }
    }

    /** Whoever shall listen again needs a descriptor. */
    private static boolean areAtOdds(Fault one, Fault other) {
        return one == other || (LISTENING.contains(one) && LISTENING.contains(other));
    }

    private static long between(Random random, long least, long most) {
        return least + random.nextInt((int) (most - least + 1));
    }
}
