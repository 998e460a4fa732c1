package io.github.mtgjava.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LineWriterTest {

    private final CountDownLatch writing = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    /** A disk that hangs at first. */
    private final class SlowWriter extends StringWriter {
        @Override
        public void write(String line) {
            writing.countDown();
            awaitQuietly(goOn);
            super.write(line);
        }
    }

    /** A disk that is full. */
    private static final class FailingWriter extends Writer {
        @Override
        public void write(char[] chars, int offset, int length) throws IOException {
            throw new IOException("no space left on device");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void dropsAndCountsWhatASlowDiskLeavesNoRoomFor() throws Exception {
        SlowWriter out = new SlowWriter();
        LineWriter lines = new LineWriter(out, 2);
        lines.write("1");
        writing.await();
        for (int i = 2; i <= 10; i++) {
            lines.write(Integer.toString(i));
        }
        assertThat(lines.dropped()).isEqualTo(7);
        goOn.countDown();
        lines.close();
        assertThat(out).hasToString("1\n2\n3\n");
        assertThat(lines.dropped()).isEqualTo(7);
    }

    @Test
    void dropsEverythingWhenTheDiskIsFull() {
        LineWriter lines = new LineWriter(new FailingWriter(), 2);
        lines.write("lost");
        lines.close();
        for (int i = 0; i < 10; i++) {
            lines.write("dropped");
        }
        lines.close();
        assertThat(lines.dropped()).isEqualTo(10);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
