package io.github.mtgjava.chaos;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** Telegram, for clients that agree with it on {@link Exchange}s. */
final class ChaosTelegram extends TroubledServer {

    private final Ledger ledger;
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong speechless = new AtomicLong();

    ChaosTelegram(Reactor reactor, Ledger ledger) throws IOException {
        super(reactor, "127.0.0.2");
        this.ledger = ledger;
    }

    /** Connections so far. Callable from any thread. */
    long connections() {
        return connections.get();
    }

    /** Of those, the ones that ended before they had sent a frame. Callable from any thread. */
    long speechless() {
        return speechless.get();
    }

    Ledger ledger() {
        return ledger;
    }

    void countSpeechless() {
        speechless.incrementAndGet();
    }

    @Override
    Guest welcome() {
        connections.incrementAndGet();
        return new TelegramGuest(this);
    }
}
