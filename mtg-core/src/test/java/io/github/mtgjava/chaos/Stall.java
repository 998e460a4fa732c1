package io.github.mtgjava.chaos;

/** A server accepts and reads nothing. */
final class Stall implements Trouble {

    private final TroubledServer server;

    Stall(TroubledServer server) {
        this.server = server;
    }

    @Override
    public void begin() {
        server.reactor().call(() -> server.stall(true));
    }

    @Override
    public void end() {
        server.reactor().call(() -> server.stall(false));
    }
}
