package io.github.mtgjava.endtoend;

import io.github.mtgjava.spi.Admission;
import io.github.mtgjava.spi.Ending;
import io.github.mtgjava.spi.ProxyObserver;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Observers that treat all events alike, also those that are yet to be invented. */
final class EveryEvent {

    private EveryEvent() {}

    /**
     * What an observer was told.
     *
     * @param name of the method
     * @param details its arguments without the duration
     */
    record Event(String name, List<Object> details) {

        static Event of(String name, Object... details) {
            return new Event(name, List.of(details));
        }
    }

    /** An observer that passes everything on; what the consumer throws it throws. */
    static ProxyObserver to(Consumer<Event> consumer) {
        return (ProxyObserver) Proxy.newProxyInstance(
                EveryEvent.class.getClassLoader(), new Class<?>[] {ProxyObserver.class}, (proxy, method, arguments) -> {
                    consumer.accept(event(method, arguments));
                    return null;
                });
    }

    private static Event event(Method method, Object @Nullable [] arguments) {
        if (arguments != null && arguments[0] instanceof Admission client) {
            check(client.duration());
            return Event.of(
                    method.getName(),
                    client.connection(),
                    client.client(),
                    client.secretType(),
                    client.transport(),
                    client.dc());
        }
        if (arguments != null && arguments[0] instanceof Ending ending) {
            check(ending.duration());
            return Event.of(
                    method.getName(),
                    ending.connection(),
                    ending.client(),
                    ending.admitted(),
                    ending.refusal(),
                    ending.reason(),
                    ending.bytesFromClient(),
                    ending.bytesToClient());
        }
        List<Object> details = new ArrayList<>(arguments == null ? List.of() : Arrays.asList(arguments));
        int last = details.size() - 1;
        if (last > 0 && details.get(last) instanceof Duration duration) {
            check(duration);
            details.remove(last);
        }
        return new Event(method.getName(), List.copyOf(details));
    }

    private static void check(Duration duration) {
        if (duration.isNegative()) {
            throw new AssertionError("it took " + duration);
        }
    }
}
