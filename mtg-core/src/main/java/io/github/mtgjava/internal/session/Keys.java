package io.github.mtgjava.internal.session;

import io.github.mtgjava.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which secrets let newcomers in: the current one, and those before it until their time has passed. Times are nanoseconds of
 * the proxy's ticker. Immutable.
 */
final class Keys {

    /** Every one is tried with every handshake, and an operator who needs more of them wants to end some. */
    static final int MAX_SECRETS = 4;

    private final Secret current;
    /** The latest first. */
    private final List<Former> former;
    /** Of all of them; made here and not for every handshake. */
    private final List<byte[]> bytes;

    /** A secret that was the current one, and when that ends which it was given. */
    private record Former(Secret secret, long end) {

        boolean hasEnded(long now) {
            return now - end >= 0;
        }
    }

    private Keys(Secret current, List<Former> former) {
        this.current = current;
        this.former = List.copyOf(former);
        this.bytes = Stream.concat(Stream.of(current), former.stream().map(Former::secret))
                .map(Secret::key)
                .toList();
    }

    static Keys of(Secret secret) {
        return new Keys(secret, List.of());
    }

    /**
     * With another current secret. The one until now works on for the overlap, and those before it for as long as they were going
     * to; without an overlap it works alone.
     *
     * @return these if nothing changes
     */
    Keys with(Secret next, long overlapNanos, long now) {
        if (overlapNanos == 0 && !at(now).former.isEmpty()) {
            return new Keys(next, List.of());
        }
        if (next.equals(current)) {
            return this;
        }
        List<Former> left = new ArrayList<>();
        left.add(new Former(current, now + overlapNanos));
        left.addAll(former);
        left.removeIf(one -> one.hasEnded(now) || one.secret().equals(next));
        return new Keys(next, left.subList(0, Math.min(left.size(), MAX_SECRETS - 1)));
    }

    /** Without those that have ended: these if none has. */
    Keys at(long now) {
        for (Former one : former) {
            if (one.hasEnded(now)) {
                return new Keys(
                        current,
                        former.stream().filter(other -> !other.hasEnded(now)).toList());
            }
        }
        return this;
    }

    Secret current() {
        return current;
    }

    /** The key parts of all of them, the latest first; not to be changed. */
    List<byte[]> bytes() {
        return bytes;
    }

    /** How many there are. */
    @Override
    public String toString() {
        return "Keys[" + bytes.size() + ", redacted]";
    }
}
