package io.github.mtgjava.cli;

import io.github.mtgjava.LinkCloseReason;
import io.github.mtgjava.LinkFailureReason;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.spi.Admission;
import io.github.mtgjava.spi.Ending;
import io.github.mtgjava.spi.ProxyObserver;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs the life of connections: their starts and ends at info, the steps between at debug. Addresses of clients appear at
 * debug only. Called on several event loops.
 */
final class ConnectionLog implements ProxyObserver {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionLog.class);

    /** Whether it would write anything: observers that do not are better left out. */
    static boolean isWanted() {
        return LOG.isInfoEnabled();
    }

    @Override
    public void accepted(long connection, InetSocketAddress client) {
        LoggingEventBuilder line = info("accepted", connection);
        if (LOG.isDebugEnabled()) {
            line = line.addKeyValue("client", Words.of(client));
        }
        line.log("connection began");
    }

    @Override
    public void handshakeDone(Admission client) {
        debug("handshake_done", client.connection())
                .addKeyValue("mode", Words.of(client.secretType()))
                .addKeyValue("transport", Words.of(client.transport()))
                .addKeyValue("dc", client.dc())
                .addKeyValue("ms", client.duration().toMillis())
                .log("the client knows the secret");
    }

    @Override
    public void replayDetected(long connection, InetSocketAddress client) {
        debug("replay_detected", connection)
                .addKeyValue("client", Words.of(client))
                .log("the handshake was seen before");
    }

    @Override
    public void refused(long connection, InetSocketAddress client, RefusalReason reason) {
        debug("refused", connection).addKeyValue("reason", Words.of(reason)).log("not let in");
    }

    @Override
    public void cloaked(long connection, RefusalReason reason) {
        debug("cloaked", connection).addKeyValue("reason", Words.of(reason)).log("being shown the cloaked site");
    }

    @Override
    public void cloakEnded(long connection, RefusalReason reason, long fromClient, long toClient, Duration duration) {
        bytes(debug("cloak_ended", connection).addKeyValue("reason", Words.of(reason)), fromClient, toClient)
                .addKeyValue("ms", duration.toMillis())
                .log("has seen the cloaked site");
    }

    @Override
    public void cloakFailed(long connection, RefusalReason reason, Duration duration) {
        debug("cloak_failed", connection)
                .addKeyValue("reason", Words.of(reason))
                .addKeyValue("ms", duration.toMillis())
                .log("the cloaked site cannot be reached");
    }

    @Override
    public void telegramConnected(long connection, int dc, InetSocketAddress address, Duration duration) {
        telegram("telegram_connected", connection, dc, address, duration).log("connected to Telegram");
    }

    @Override
    public void telegramConnectFailed(long connection, int dc, InetSocketAddress address, Duration duration) {
        telegram("telegram_connect_failed", connection, dc, address, duration)
                .log("an address of Telegram does not answer");
    }

    @Override
    public void closed(Ending ending) {
        LoggingEventBuilder line = info("closed", ending.connection()).addKeyValue("reason", Words.of(ending.reason()));
        if (ending.refusal().isPresent()) {
            line = line.addKeyValue("refusal", Words.of(ending.refusal().get()));
        }
        bytes(line, ending.bytesFromClient(), ending.bytesToClient())
                .addKeyValue("ms", ending.duration().toMillis())
                .log("connection ended");
    }

    @Override
    public void linkOpened(long link, int dc, InetSocketAddress address, Duration duration) {
        link("link_opened", dc, duration)
                .addKeyValue("link", link)
                .addKeyValue("address", Words.of(address))
                .log("a link to a middle proxy stands");
    }

    @Override
    public void linkFailed(int dc, @Nullable InetSocketAddress address, LinkFailureReason reason, Duration duration) {
        link("link_failed", dc, duration)
                .addKeyValue("address", address == null ? "none" : Words.of(address))
                .addKeyValue("reason", Words.of(reason))
                .log("no link to a middle proxy");
    }

    @Override
    public void linkClosed(long link, int dc, LinkCloseReason reason, int clients, Duration duration) {
        link("link_closed", dc, duration)
                .addKeyValue("link", link)
                .addKeyValue("reason", Words.of(reason))
                .addKeyValue("clients", clients)
                .log("a link to a middle proxy ended");
    }

    private static LoggingEventBuilder link(String event, int dc, Duration duration) {
        return LOG.atDebug().addKeyValue("event", event).addKeyValue("dc", dc).addKeyValue("ms", duration.toMillis());
    }

    private static LoggingEventBuilder telegram(
            String event, long connection, int dc, InetSocketAddress address, Duration duration) {
        return debug(event, connection)
                .addKeyValue("dc", dc)
                .addKeyValue("address", Words.of(address))
                .addKeyValue("ms", duration.toMillis());
    }

    private static LoggingEventBuilder bytes(LoggingEventBuilder line, long fromClient, long toClient) {
        return line.addKeyValue("from_client", fromClient).addKeyValue("to_client", toClient);
    }

    private static LoggingEventBuilder info(String event, long connection) {
        return event(LOG.atInfo(), event, connection);
    }

    private static LoggingEventBuilder debug(String event, long connection) {
        return event(LOG.atDebug(), event, connection);
    }

    private static LoggingEventBuilder event(LoggingEventBuilder line, String event, long connection) {
        return line.addKeyValue("event", event).addKeyValue("conn", Words.id(connection));
    }
}
