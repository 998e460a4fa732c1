package io.github.mtgjava.prober;

import static io.github.mtgjava.prober.Step.finish;
import static io.github.mtgjava.prober.Step.send;

import java.util.List;

/** What somebody does who has recorded the hello of a client that was let in. */
final class ReplayProbes {

    private static final int RANDOM = 11;
    private static final int TIME = RANDOM + 28;
    private static final int MOVED_SECONDS = 64;
    private static final int SESSION_ID = 44;

    private ReplayProbes() {}

    static List<Probe> all(byte[] used) {
        return List.of(
                Probe.of("a replay", send(used)),
                Probe.of("a replay, then FIN", send(used), finish()),
                Probe.of("a replay with its time moved", send(moved(used))),
                Probe.of("a replay with another session id", send(flipped(used, SESSION_ID))),
                Probe.of("a replay with a bit of its digest flipped", send(flipped(used, RANDOM))),
                Probe.of("a replay with a bit of its end flipped", send(flipped(used, used.length - 1))),
                Probe.of("a replay, another one behind it", send(Bytes.join(used, used))),
                Probe.of("a replay in small segments", send(Bytes.pieces(used, 211))));
    }

    /** The time is masked with the digest but not covered by it: anybody can move it. */
    private static byte[] moved(byte[] hello) {
        byte[] moved = hello.clone();
        long difference = ProbedProxy.NOW ^ (ProbedProxy.NOW + MOVED_SECONDS);
        for (int i = 0; i < Integer.BYTES; i++) {
            moved[TIME + i] ^= (byte) (difference >> Byte.SIZE * i);
        }
        return moved;
    }

    private static byte[] flipped(byte[] hello, int at) {
        byte[] flipped = hello.clone();
        flipped[at] ^= 1;
        return flipped;
    }
}
