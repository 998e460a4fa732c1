package io.github.mtgjava.chaos;

import java.util.Random;

/** A server, or what stands before it, resets connections. */
final class Resets implements Trouble {

    private final TroubledServer server;
    private final Random random;

    Resets(TroubledServer server, Random random) {
        this.server = server;
        this.random = random;
    }

    @Override
    public void begin() {
        server.reactor().call(() -> server.beginResets(random));
    }

    @Override
    public void end() {
        server.reactor().call(server::endResets);
    }
}
