package io.github.mtgjava.chaos;

import io.github.mtgjava.chaos.Account.Flow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The accounts of all connections of clients. Each is judged and forgotten when it is done. Thread-safe. */
final class Ledger {

    private static final int MAX_FAILURES_KEPT = 20;
    /** So long a frame may take to Telegram after its client has gone: a stall or two. */
    private static final long LATE_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final Weather weather;
    private final AtomicInteger lastId = new AtomicInteger(1 << 16);
    private final Map<Integer, Account> open = new ConcurrentHashMap<>();
    private final Map<String, Expected> frames = new ConcurrentHashMap<>();
    private final Map<Kind, Map<Outcome, AtomicLong>> outcomes = new EnumMap<>(Kind.class);
    private final AtomicLong unmatched = new AtomicLong();
    private final AtomicLong ignored = new AtomicLong();
    private final AtomicLong failureCount = new AtomicLong();
    private final List<String> failures = new ArrayList<>();

    /** A frame that may come to Telegram. */
    private record Expected(Account account, long since) {}

    Ledger(Weather weather) {
        this.weather = weather;
        for (Kind kind : Kind.values()) {
            Map<Outcome, AtomicLong> ofKind = new EnumMap<>(Outcome.class);
            Arrays.stream(Outcome.values()).forEach(outcome -> ofKind.put(outcome, new AtomicLong()));
            outcomes.put(kind, ofKind);
        }
    }

    /** A client is about to connect. */
    Account begin(Kind kind) {
        Account account = new Account(lastId.updateAndGet(Ledger::nextId), kind, weather.now());
        open.put(account.id(), account);
        return account;
    }

    /** Addresses that end in 0 or 255 are not everywhere ones to connect from. */
    private static int nextId(int last) {
        int next = last + 1;
        return (next & 0xff) == 0 || (next & 0xff) == 0xff ? nextId(next) : next;
    }

    /** There is no descriptor for it, so it never was. */
    void cancel(Account account, IOException why) {
        open.remove(account.id());
        if (Weather.wasCalm(account.born(), weather.now(), Fault.NO_DESCRIPTORS)) {
            fail("a client could not even begin to connect: " + why);
        }
    }

    /** Where its client connects from. */
    static InetSocketAddress addressOf(Account account) {
        int id = account.id();
        byte[] bytes = {127, (byte) (id >> 16), (byte) (id >> 8), (byte) id};
        try {
            return new InetSocketAddress(InetAddress.getByAddress(bytes), 0);
        } catch (UnknownHostException impossible) {
            throw new AssertionError("four bytes are an address", impossible);
        }
    }

    /** Whose client connects from there; none if it is not one of ours. */
    Optional<Account> accountAt(InetSocketAddress address) {
        byte[] bytes = address.getAddress().getAddress();
        int id = (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
        return Optional.ofNullable(open.get(id));
    }

    /** A genuine client is about to send its frame. */
    void expect(Account account, byte[] frame) {
        frames.put(identity(frame), new Expected(account, System.nanoTime()));
    }

    /** Whose frame Telegram has got; null, and a failure, if no genuine client has sent it. */
    @Nullable
    Account claim(byte[] frame) {
        Expected expected = frames.remove(identity(frame));
        if (expected == null) {
            fail("a connection to Telegram that no genuine client explains");
            return null;
        }
        expected.account().reachedTelegram();
        return expected.account();
    }

    /** The proxy has Telegram cipher what the client expects to read, so that key stands in both frames. */
    private static String identity(byte[] frame) {
        return HexFormat.of().formatHex(frame, 8, 24);
    }

    void ended(Account account, Outcome outcome, String how, Flow wire, Flow payload) {
        account.ended(outcome, how, weather.now(), wire, payload);
        outcomes.get(account.kind()).get(outcome).incrementAndGet();
        settle(account);
    }

    /** Judges the account if nobody has anything to add. */
    void settle(Account account) {
        if (account.isDone() && open.remove(account.id(), account)) {
            if (account.kind().isGenuine() && !account.hasReachedTelegram()) {
                unmatched.incrementAndGet();
            }
            judge(account, account.flaw());
        }
    }

    /** Forgets what will not come any more. */
    void sweep() {
        long now = System.nanoTime();
        frames.values().removeIf(expected -> expected.account().hasEnded() && now - expected.since() > LATE_NANOS);
    }

    /** Everybody has gone: whoever is left in the proxy's queue will never be seen by it, and no frame is on its way. */
    void close() {
        frames.values().removeIf(expected -> expected.account().hasEnded());
        for (Account account : open.values()) {
            if (account.isIgnored() && open.remove(account.id(), account)) {
                ignored.incrementAndGet();
                judge(account, account.flawOfIgnored());
            }
        }
    }

    private void judge(Account account, @Nullable String flaw) {
        if (flaw != null) {
            fail(flaw + ": " + account);
        }
    }

    void fail(String failure) {
        failureCount.incrementAndGet();
        synchronized (failures) {
            if (failures.size() < MAX_FAILURES_KEPT) {
                failures.add(failure);
            }
        }
    }

    /** The first failures, and how many there were. */
    List<String> failures() {
        synchronized (failures) {
            List<String> all = new ArrayList<>(failures);
            if (!all.isEmpty()) {
                all.add("failures in all: " + failureCount);
            }
            return all;
        }
    }

    long failureCount() {
        return failureCount.get();
    }

    /** Accounts that are not done. */
    List<Account> open() {
        return List.copyOf(open.values());
    }

    long count(Kind kind, Outcome outcome) {
        return outcomes.get(kind).get(outcome).get();
    }

    long count(Outcome outcome) {
        return Arrays.stream(Kind.values())
                .mapToLong(kind -> count(kind, outcome))
                .sum();
    }

    /** Genuine clients that never came to Telegram. */
    long unmatched() {
        return unmatched.get();
    }

    /** Clients that the proxy has never seen. */
    long ignored() {
        return ignored.get();
    }

    @Override
    public String toString() {
        return outcomes.toString();
    }
}
