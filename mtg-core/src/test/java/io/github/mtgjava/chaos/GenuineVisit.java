package io.github.mtgjava.chaos;

import static io.github.mtgjava.chaos.Fault.CLOCK_JUMPED;

import io.github.mtgjava.chaos.Account.Flow;
import io.github.mtgjava.chaos.Weather.Moment;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.HelloStyle;
import io.github.mtgjava.testkit.Obfuscated2Cipher;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Somebody who knows the secret: is let in, if its clock is right, and has one exchange with Telegram after the other. */
abstract class GenuineVisit extends Visit {

    private static final int PIECE = 16 * 1024;
    private static final int AHEAD = 64 * 1024;

    private final ClientOptions options;
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private final SiteEcho echo = new SiteEcho();
    private final TlsDress dress = new TlsDress();
    private byte[] hello = {};
    private Stage stage = Stage.HELLO;
    private @Nullable Obfuscated2Cipher cipher;
    private @Nullable Exchange exchange;
    private Reactor.@Nullable Alarm next;
    private long up;
    private long down;

    private enum Stage {
        HELLO,
        /** The site answers, not the proxy. */
        SITE,
        RELAY,
        /** It has sent FIN. */
        END
    }

    GenuineVisit(World world, Kind kind, Random random, Runnable whenOver) {
        super(world, kind, random, whenOver);
        options = world.client()
                .withSeed(random.nextLong())
                .withHello(random.nextInt(4) == 0 ? HelloStyle.CLASSIC : HelloStyle.MODERN)
                .withHelloRecords(random.nextInt(8) == 0 ? 2 : 1);
    }

    /** What to do next; null if nothing. */
    abstract @Nullable Exchange nextExchange();

    /** How long it pauses before that, at most. */
    int pauseBetween() {
        return 1;
    }

    /** How long it pauses after each read, at most; 0 if it does not. */
    int pauseAfterRead() {
        return 0;
    }

    /** How long it pauses after each burst that it sends, at most. */
    int pauseAfterBurst() {
        return 1;
    }

    /** All of the exchange has been sent. */
    void onUploaded() {}

    @Override
    public void onConnected() {
        hello = options.clientHello();
        send(hello);
    }

    @Override
    public final void onBytes(ByteBuffer in) {
        switch (stage) {
            case HELLO -> onAnswer(in);
            case SITE -> onEcho(in);
            default -> onRecords(in);
        }
    }

    private void onAnswer(ByteBuffer in) {
        if (answer.size() == 0 && in.get(in.position()) == ChaosSite.veiled(hello[0])) {
            stage = Stage.SITE;
            judgeAdmission(false);
            echo.sent(hello);
            onEcho(in);
            return;
        }
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        answer.writeBytes(bytes);
        byte[] flight = answer.toByteArray();
        if (TlsDress.flightLength(flight) >= 0) {
            if (!TlsDress.isFlight(flight, hello, world().key())) {
                corrupted("a wrong flight");
                return;
            }
            judgeAdmission(true);
            world().recordings().add(hello);
            stage = Stage.RELAY;
            onAdmitted();
        }
    }

    private void judgeAdmission(boolean admitted) {
        Moment now = world().weather().now();
        if (admitted && Weather.lasted(account().born(), now, CLOCK_JUMPED)) {
            world().ledger().fail("let in with a clock that is an hour off: " + account());
        }
        if (!admitted && Weather.wasCalm(account().born(), now, CLOCK_JUMPED)) {
            world().ledger().fail("shown the site without a reason: " + account());
        }
    }

    /** The flight is right. */
    void onAdmitted() {
        sendFrame();
        proceed();
    }

    final void sendFrame() {
        byte[] frame = options.frame();
        cipher = new Obfuscated2Cipher(frame, world().key());
        world().ledger().expect(account(), frame);
        send(TlsDress.first(frame));
    }

    final void proceed() {
        exchange = isLeaving() ? null : nextExchange();
        if (exchange == null) {
            stage = Stage.END;
            sendEnd();
        } else {
            sendPlain(exchange.command());
            produce();
        }
    }

    private void produce() {
        Exchange current = exchange;
        if (isOver() || current == null) {
            return;
        }
        for (int burst = 0; burst < AHEAD && current.upLeft() > 0 && line().pending() < AHEAD; burst += PIECE) {
            sendPlain(current.produce(PIECE));
        }
        if (current.upLeft() > 0) {
            after(pauseMillis(pauseAfterBurst()), this::produce);
        } else {
            onUploaded();
        }
    }

    private void sendPlain(byte[] plain) {
        if (cipher != null && !isOver()) {
            up += plain.length;
            send(TlsDress.records(cipher.uplink().update(plain)));
        }
    }

    /** Whether it was answered by the proxy, and not by the site. */
    final boolean isAdmitted() {
        return stage == Stage.RELAY;
    }

    /** Sends FIN, and goes on to get what is due to it. */
    final void halfClose() {
        account().halfClosed();
        stage = Stage.END;
        sendEnd();
    }

    private void onRecords(ByteBuffer in) {
        byte[] payload = dress.unwrap(in);
        if (dress.isMalformed()) {
            corrupted("what came is no record");
        } else if (payload.length > 0) {
            onPayload(payload);
        }
        if (pauseAfterRead() > 0 && !isOver()) {
            line().pause(true);
            after(pauseMillis(pauseAfterRead()), () -> line().pause(false));
        }
    }

    private void onPayload(byte[] payload) {
        down += payload.length;
        if (cipher == null || exchange == null) {
            corrupted("bytes that nobody asked for");
        } else if (!exchange.receive(cipher.downlink().update(payload))) {
            corrupted("what came is not what was sent");
        } else if (exchange.isDone() && !exchange.endsStream() && stage == Stage.RELAY) {
            exchange = null;
            next = after(pauseMillis(pauseBetween()), this::onPauseOver);
        }
    }

    private void onPauseOver() {
        next = null;
        proceed();
    }

    private void onEcho(ByteBuffer in) {
        if (!echo.receive(in)) {
            corrupted("the site would not say that");
        } else if (echo.isComplete()) {
            sendEnd();
        }
    }

    @Override
    public final void onEnd() {
        switch (stage) {
            case SITE -> {
                if (echo.isComplete()) {
                    complete(Outcome.CLOAKED);
                } else {
                    lost(echo.toString());
                }
            }
            case RELAY, END -> onEndOfStream();
            default -> lost("no answer to its hello");
        }
    }

    /** Nothing more comes from Telegram, or from the proxy in its place. */
    void onEndOfStream() {
        boolean due = exchange == null
                ? stage == Stage.END
                : exchange.isDone() && (stage == Stage.END || exchange.endsStream());
        if (due) {
            complete(Outcome.COMPLETE);
        } else {
            lost("in the middle of " + (exchange == null ? "a pause" : "an exchange"));
        }
    }

    @Override
    void leave() {
        super.leave();
        if (next != null && !isOver()) {
            next.cancel();
            onPauseOver();
        } else if (!isOver() && isWithSite()) {
            leaveNow("before the site", false);
        }
    }

    /** Whether it is shown the site, or was not answered and may be: then it is the site that takes its time. */
    private boolean isWithSite() {
        boolean clockWasRight =
                Weather.wasCalm(account().born(), world().weather().now(), CLOCK_JUMPED);
        return stage == Stage.SITE || (stage == Stage.HELLO && !clockWasRight);
    }

    @Override
    final Flow payload() {
        return new Flow(up, down);
    }
}
