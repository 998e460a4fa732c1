package io.github.mtgjava.chaos;

import java.util.Random;

/** How a client behaves. */
enum Kind {
    BULK(5, 2_000, true, BulkVisit::new),
    CHATTY(30, 2_000, true, ChattyVisit::new),
    IDLE(34, 2_000, true, IdleVisit::new),
    SLOW_READER(6, 3_000, true, SlowReaderVisit::new),
    SLOW_WRITER(6, 3_000, true, SlowWriterVisit::new),
    VANISHING(8, 12_000, true, VanishingVisit::new),
    GARBAGE(
            5,
            12_000,
            false,
            (world, random, whenOver) -> random.nextInt(8) == 0
                    ? new ImpostorVisit(world, random, whenOver)
                    : new GarbageVisit(world, random, whenOver)),
    REPLAY(3, 12_000, false, ReplayVisit::new),
    HALF_OPEN(3, 12_000, false, HalfOpenVisit::new);

    private final int share;
    private final int restMillis;
    private final boolean genuine;
    private final Visits visits;

    private interface Visits {
        Visit begin(World world, Random random, Runnable whenOver);
    }

    Kind(int share, int restMillis, boolean genuine, Visits visits) {
        this.share = share;
        this.restMillis = restMillis;
        this.genuine = genuine;
        this.visits = visits;
    }

    /** Of a hundred clients. */
    int share() {
        return share;
    }

    /** How long it rests between two visits, at most. */
    int restMillis() {
        return restMillis;
    }

    /** Whether it has to reach Telegram, or may. */
    boolean isGenuine() {
        return genuine;
    }

    /** The next visit of such a client, to be started. */
    Visit visit(World world, Random random, Runnable whenOver) {
        return visits.begin(world, random, whenOver);
    }
}
