package io.github.mtgjava.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Something on a loop that becomes ready on demand: whoever has been answered knows that the loop has selected since. */
final class Doorbell implements Selectable {
    private final Pipe pipe = Pipe.open();
    private final SelectionKey key;
    private final Semaphore answers = new Semaphore(0);

    /** Hangs it up; on the loop. */
    Doorbell(EventLoop loop) throws IOException {
        pipe.source().configureBlocking(false);
        key = loop.register(pipe.source(), SelectionKey.OP_READ, this);
    }

    /** Rings and waits for the answer; anywhere but on the loop. */
    void ring() throws IOException, InterruptedException {
        pipe.sink().write(ByteBuffer.allocate(1));
        assertThat(answers.tryAcquire(TestLoop.LIMIT_MILLIS, TimeUnit.MILLISECONDS))
                .as("the loop looks at its channels")
                .isTrue();
    }

    /** Where the loop's channels are registered. */
    Selector selector() {
        return key.selector();
    }

    @Override
    public void ready(int operations) {
        try {
            pipe.source().read(ByteBuffer.allocate(1));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        answers.release();
    }

    @Override
    public void abandon() {
        try {
            pipe.source().close();
            pipe.sink().close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
