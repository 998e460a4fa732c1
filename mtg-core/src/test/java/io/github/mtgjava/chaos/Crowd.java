package io.github.mtgjava.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** All clients of one round. */
final class Crowd {

    private final World world;
    private final List<Client> clients = new ArrayList<>();

    /** Of each kind its share, and of none nobody. */
    Crowd(World world, int size, long seed) {
        this.world = world;
        for (Kind kind : Kind.values()) {
            int count = Math.max(1, size * kind.share() / 100);
            for (int i = 0; i < count; i++) {
                clients.add(new Client(world, kind, new Random(seed + 1_000_003L * clients.size())));
            }
        }
    }

    int size() {
        return clients.size();
    }

    /** They come one by one, within so many milliseconds. */
    void come(int withinMillis) {
        world.reactor().call(() -> clients.forEach(client -> client.begin(withinMillis)));
    }

    void leave() {
        world.reactor().call(() -> clients.forEach(Client::leave));
    }
}
