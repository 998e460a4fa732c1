package io.github.mtgjava.chaos;

import io.github.mtgjava.chaos.Account.Flow;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One connection of a client, from connecting to the end that it writes into its account. Confined to the clients' reactor. */
abstract class Visit implements Endpoint.Handler {

    private final World world;
    private final Random random;
    /** Of its own, as nobody knows how often it is asked: the rest shall be the same in every run. */
    private final Random pace;

    private final Account account;
    private final Runnable whenOver;
    private final Deque<byte[]> drops = new ArrayDeque<>();
    private @Nullable Endpoint line;
    private int dropBytes;
    private int dropMillis;
    private boolean dripping;
    private boolean finishing;
    private boolean leaving;
    private boolean over;

    Visit(World world, Kind kind, Random random, Runnable whenOver) {
        this.world = world;
        this.random = random;
        this.pace = new Random(random.nextLong());
        this.whenOver = whenOver;
        this.account = world.ledger().begin(kind);
    }

    /**
     * Connects.
     *
     * @throws IOException if there is no descriptor
     */
    final void start() throws IOException {
        try {
            line = Endpoint.connect(world.reactor(), Ledger.addressOf(account), world.proxy(), receiveBuffer(), this);
        } catch (IOException noDescriptor) {
            world.ledger().cancel(account, noDescriptor);
            throw noDescriptor;
        }
    }

    /** Of the kernel; 0 leaves it to the kernel. */
    int receiveBuffer() {
        return 0;
    }

    /** Everybody shall go: there is no more time for pauses, nor for what has not been begun. */
    void leave() {
        leaving = true;
    }

    final boolean isLeaving() {
        return leaving;
    }

    final boolean isOver() {
        return over;
    }

    final World world() {
        return world;
    }

    final Random random() {
        return random;
    }

    final Account account() {
        return account;
    }

    final Endpoint line() {
        if (line == null) {
            throw new IllegalStateException("it has not started");
        }
        return line;
    }

    /** From now on it sends no more than so many bytes at a time, and about so seldom. */
    final void drip(int bytes, int millis) {
        dropBytes = bytes;
        dropMillis = millis;
    }

    /** Sends that, at its own pace. */
    final void send(byte[] bytes) {
        if (dropBytes == 0) {
            line().write(bytes);
            return;
        }
        for (int at = 0; at < bytes.length; ) {
            int length = Math.min(bytes.length - at, 1 + pace.nextInt(dropBytes));
            drops.add(Arrays.copyOfRange(bytes, at, at + length));
            at += length;
        }
        if (!dripping) {
            dripping = true;
            dripOn();
        }
    }

    private void dripOn() {
        byte[] drop = drops.poll();
        dripping = drop != null;
        if (drop != null && !over) {
            line().write(drop);
            world.reactor().after(pauseMillis(dropMillis), this::dripOn);
            if (drops.isEmpty() && finishing) {
                line().finish();
            }
        }
    }

    /** Sends FIN after all the rest. */
    final void sendEnd() {
        finishing = true;
        if (drops.isEmpty()) {
            line().finish();
        }
    }

    /** About half of that; next to nothing when it has to leave. */
    final long pauseMillis(int most) {
        return leaving ? 1 : 1 + pace.nextInt(most);
    }

    /** Does that after so long, unless it is over by then. */
    final Reactor.Alarm after(long millis, Runnable action) {
        return world.reactor().after(millis, () -> {
            if (!over) {
                action.run();
            }
        });
    }

    /** Bytes that it exchanged with Telegram. */
    Flow payload() {
        return Flow.NOTHING;
    }

    /** It got all that it wanted, or was shown the site as it should. */
    final void complete(Outcome outcome) {
        line().close();
        end(outcome, "");
    }

    /** It goes without ado. */
    final void leaveNow(String how, boolean withReset) {
        if (withReset) {
            line().reset();
        } else {
            line().close();
        }
        end(Outcome.LEFT, how);
    }

    /** It was cut off. */
    final void lost(String how) {
        line().close();
        end(Outcome.LOST, how);
    }

    /** It got what nobody can have sent. */
    final void corrupted(String what) {
        if (!over) {
            world.ledger().fail(what + ": " + account);
            line().reset();
            end(Outcome.LEFT, what);
        }
    }

    private void end(Outcome outcome, String how) {
        if (over) {
            return;
        }
        over = true;
        drops.clear();
        world.ledger().ended(account, outcome, how, new Flow(line().sent(), line().received()), payload());
        whenOver.run();
    }

    @Override
    public void onBroken(IOException cause) {
        lost(String.valueOf(cause.getMessage()));
    }
}
