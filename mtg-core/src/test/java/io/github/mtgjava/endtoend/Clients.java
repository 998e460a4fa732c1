package io.github.mtgjava.endtoend;

import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.MessageClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Several clients that do the same. */
final class Clients {

    private Clients() {}

    static List<MessageClient> of(AdTagCase running, int count) throws IOException {
        return of(running, ClientOptions.PADDED, count);
    }

    static List<MessageClient> of(AdTagCase running, byte tag, int count) throws IOException {
        List<MessageClient> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(running.client(tag));
        }
        return clients;
    }

    /** Each has an echo. */
    static void echo(List<MessageClient> clients) throws IOException {
        for (MessageClient client : clients) {
            client.echo(200);
        }
    }

    static void close(List<MessageClient> clients) throws IOException {
        for (MessageClient client : clients) {
            client.close();
        }
    }
}
