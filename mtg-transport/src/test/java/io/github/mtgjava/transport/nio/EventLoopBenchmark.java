package io.github.mtgjava.transport.nio;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Tasks that come to a loop from other threads. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class EventLoopBenchmark {

    private static final int HOPS = 100;
    private static final int TASKS = 1000;

    private final Semaphore done = new Semaphore(0);
    private final Runnable ping = this::ping;
    private final Runnable pong = this::pong;
    private final Runnable count = this::count;
    private EventLoop here;
    private EventLoop there;
    private int left;

    /** For JMH. */
    public EventLoopBenchmark() {}

    @Setup
    public void start() throws IOException {
        here = loop("here");
        there = loop("there");
    }

    private static EventLoop loop(String name) throws IOException {
        EventLoop loop = new EventLoop(name, Ticker.system(), failure -> {}, BufferBudget.unlimited());
        loop.start();
        return loop;
    }

    @TearDown
    public void stop() {
        here.shutdown();
        there.shutdown();
    }

    /** From a loop to another one and back, each of which was asleep. */
    @Benchmark
    @OperationsPerInvocation(HOPS)
    public void thereAndBack() throws InterruptedException {
        left = HOPS;
        here.execute(ping);
        done.acquire();
    }

    private void ping() {
        if (left-- == 0) {
            done.release();
        } else {
            there.execute(pong);
        }
    }

    private void pong() {
        here.execute(ping);
    }

    /** One of many tasks that come at once. */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public void burst() throws InterruptedException {
        left = TASKS;
        for (int task = 0; task < TASKS; task++) {
            here.execute(count);
        }
        done.acquire();
    }

    private void count() {
        if (--left == 0) {
            done.release();
        }
    }
}
