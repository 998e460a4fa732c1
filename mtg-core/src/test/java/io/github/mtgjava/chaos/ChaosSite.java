package io.github.mtgjava.chaos;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The cloaked site: it sends back whatever it gets, veiled, so that visitors know whom they have met; FIN for FIN, and FIN to
 * whoever has said nothing for a while.
 */
final class ChaosSite extends TroubledServer {

    private static final int VEIL = 0x5a;
    private static final long PATIENCE_MILLIS = 20_000;

    ChaosSite(Reactor reactor) throws IOException {
        super(reactor, "127.0.0.3");
    }

    /** What it answers to that byte. */
    static byte veiled(byte plain) {
        return (byte) (plain ^ VEIL);
    }

    @Override
    Guest welcome() {
        return new Visitor(this);
    }

    private static final class Visitor extends Guest {

        private Reactor.@Nullable Alarm silence;

        Visitor(ChaosSite site) {
            super(site);
        }

        @Override
        public void onConnected() {
            if (host().isResetting()) {
                reset();
            } else {
                waitForWord();
            }
        }

        private void waitForWord() {
            cancelAlarm();
            silence = host().reactor().after(PATIENCE_MILLIS, () -> line().finish());
        }

        private void cancelAlarm() {
            if (silence != null) {
                silence.cancel();
            }
        }

        @Override
        public void onBytes(ByteBuffer in) {
            byte[] answer = new byte[in.remaining()];
            for (int i = 0; i < answer.length; i++) {
                answer[i] = veiled(in.get());
            }
            line().write(answer);
            waitForWord();
        }

        @Override
        public void onEnd() {
            cancelAlarm();
            line().finish();
            if (line().pending() == 0) {
                over();
            }
        }

        @Override
        public void onDrained() {
            if (line().hasEnded()) {
                over();
            }
        }

        @Override
        public void onBroken(IOException cause) {
            over();
        }

        @Override
        void over() {
            cancelAlarm();
            super.over();
        }
    }
}
