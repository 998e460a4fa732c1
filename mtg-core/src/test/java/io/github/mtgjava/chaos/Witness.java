package io.github.mtgjava.chaos;

import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.chaos.Account.Flow;
import io.github.mtgjava.spi.Ending;
import io.github.mtgjava.spi.ProxyObserver;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Writes what the proxy tells into the accounts. */
final class Witness implements ProxyObserver {

    private final Ledger ledger;
    private final Map<Long, Account> accounts = new ConcurrentHashMap<>();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong closed = new AtomicLong();
    private final AtomicLong fromClients = new AtomicLong();
    private final AtomicLong toClients = new AtomicLong();
    private final AtomicLong failedCloaks = new AtomicLong();
    private final AtomicLong reachedTelegram = new AtomicLong();

    Witness(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void accepted(long connection, InetSocketAddress client) {
        accepted.incrementAndGet();
        ledger.accountAt(client)
                .ifPresentOrElse(
                        account -> {
                            account.accepted();
                            accounts.put(connection, account);
                        },
                        () -> ledger.fail("the proxy accepted whom nobody knows: " + client));
    }

    @Override
    public void closed(Ending ending) {
        closed.incrementAndGet();
        Flow counted = new Flow(ending.bytesFromClient(), ending.bytesToClient());
        fromClients.addAndGet(counted.up());
        toClients.addAndGet(counted.down());
        Account account = accounts.remove(ending.connection());
        if (account != null) {
            account.closed(ending.reason(), counted);
            ledger.settle(account);
        }
    }

    @Override
    public void cloakFailed(long connection, RefusalReason reason, Duration duration) {
        failedCloaks.incrementAndGet();
    }

    @Override
    public void telegramConnected(long connection, int dc, InetSocketAddress address, Duration duration) {
        reachedTelegram.incrementAndGet();
    }

    @Override
    public void crashed(Throwable failure) {
        ledger.fail("the proxy had to contain a fault: " + failure);
    }

    long accepted() {
        return accepted.get();
    }

    long closed() {
        return closed.get();
    }

    long fromClients() {
        return fromClients.get();
    }

    long toClients() {
        return toClients.get();
    }

    /** Connections to Telegram that came about, as the proxy has it. */
    long reachedTelegram() {
        return reachedTelegram.get();
    }

    /** Visitors that met silence for want of a site. */
    long failedCloaks() {
        return failedCloaks.get();
    }
}
