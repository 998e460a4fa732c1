package io.github.mtgjava.chaos;

/** Nobody listens there. */
final class Refusal implements Trouble {

    private final TroubledServer server;

    Refusal(TroubledServer server) {
        this.server = server;
    }

    @Override
    public void begin() {
        server.reactor().call(server::refuse);
    }

    @Override
    public void end() {
        server.reactor().call(server::listen);
    }
}
