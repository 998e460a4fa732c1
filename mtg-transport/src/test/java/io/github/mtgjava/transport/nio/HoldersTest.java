package io.github.mtgjava.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who goes when memory for slow peers is used up. */
class HoldersTest {

    private static final int BUDGET = 12 << 20;
    private static final int MUCH = 8 << 20;

    private TestLoop loop;
    private final SocketPair[] sockets = new SocketPair[3];
    private final TcpConnection[] connections = new TcpConnection[3];
    private final RecordingHandler[] handlers = {new RecordingHandler(), new RecordingHandler(), new RecordingHandler()
    };

    @BeforeEach
    void connect() throws Exception {
        loop = new TestLoop(new BufferBudget(BUDGET));
        for (int i = 0; i < 3; i++) {
            int index = i;
            sockets[i] = new SocketPair();
            // Else the kernel would take more and more by itself.
            sockets[i].ours().setOption(StandardSocketOptions.SO_SNDBUF, 64 << 10);
            connections[i] =
                    loop.call(() -> TcpConnection.open(loop.loop(), sockets[index].ours(), handlers[index], false));
        }
    }

    @AfterEach
    void disconnect() throws Exception {
        for (int i = 0; i < 3; i++) {
            loop.run(connections[i]::close);
            sockets[i].close();
        }
        assertThat(loop.loop().pool().budget().used()).isZero();
        loop.close();
    }

    /** In one turn of the loop, in which no socket takes anything behind our back. */
    private void inOneTurn(TestLoop.Action action) throws Exception {
        loop.run(action);
    }

    private int write(int index, int bytes) {
        connections[index].write(ByteBuffer.allocate(bytes));
        return connections[index].pending();
    }

    private void useUpBy(int index) {
        while (!loop.loop().pool().budget().isUsedUp()) {
            assertThat(write(index, 64 << 10)).isPositive();
        }
    }

    private boolean isClosed(int index) throws Exception {
        return loop.call(connections[index]::isClosed);
    }

    @Test
    void theOneThatIsStuckForLongestMakesRoom() throws Exception {
        inOneTurn(() -> {
            write(0, MUCH);
            write(1, MUCH);
            useUpBy(1);
            assertThat(write(2, MUCH)).as("held").isPositive();
        });
        assertThat(handlers[0].next()).isEqualTo("failed");
        assertThat(isClosed(0)).isTrue();
        assertThat(isClosed(1)).isFalse();
        assertThat(isClosed(2)).isFalse();
    }

    @Test
    void takingSomethingIsProgress() throws Exception {
        inOneTurn(() -> {
            write(0, MUCH);
            write(1, MUCH);
        });
        loop.settle();
        sockets[0].receive(MUCH / 2);
        loop.settle();
        inOneTurn(() -> {
            useUpBy(1);
            write(2, MUCH);
        });
        assertThat(handlers[1].next()).isEqualTo("failed");
        assertThat(isClosed(0)).isFalse();
    }

    @Test
    void whoeverIsAloneGoesItself() throws Exception {
        inOneTurn(() -> {
            write(0, MUCH);
            useUpBy(0);
            write(0, 1);
        });
        assertThat(handlers[0].next()).isEqualTo("failed");
        assertThat(loop.loop().pool().budget().used()).isZero();
    }

    @Test
    void theExemptNeitherGoNorMakeOthersGo() throws Exception {
        inOneTurn(() -> {
            connections[0].exemptFromBudget();
            write(0, 2 * MUCH);
            assertThat(loop.loop().pool().budget().isUsedUp()).isTrue();
            assertThat(write(0, 100)).isPositive();
            write(1, MUCH);
        });
        assertThat(handlers[1].next()).as("nobody else could make room").isEqualTo("failed");
        assertThat(isClosed(0)).isFalse();
    }

    @Test
    void oneWhoLeftSomethingIncompleteIsEnoughToMakeRoom() throws Exception {
        inOneTurn(() -> {
            assertThat(connections[0].keepInput(ByteBuffer.allocate(BUDGET / 2)))
                    .isTrue();
            assertThat(connections[1].keepInput(ByteBuffer.allocate(BUDGET / 2)))
                    .isTrue();
            for (int i = 0; i < 15; i++) {
                write(2, 64 << 10);
            }
            assertThat(write(2, 64 << 10)).as("held").isPositive();
        });
        assertThat(handlers[0].next()).isEqualTo("failed");
        assertThat(isClosed(0)).isTrue();
        assertThat(isClosed(1)).isFalse();
        assertThat(isClosed(2)).isFalse();
    }

    @Test
    void whoNeedsMemoryForInputGoesOnlyIfItIsAlone() throws Exception {
        inOneTurn(() -> {
            assertThat(connections[0].keepInput(ByteBuffer.allocate(BUDGET))).isTrue();
            assertThat(connections[0].keepInput(ByteBuffer.allocate(1))).isFalse();
            assertThat(connections[1].keepInput(ByteBuffer.allocate(1))).isTrue();
            assertThat(connections[0].isDropped()).isTrue();
            assertThat(connections[0].keptInput().bytes()).isZero();
            assertThat(connections[0].keepInput(ByteBuffer.allocate(1))).isFalse();
        });
    }

    @Test
    void completingAMessageIsNoSignOfReading() throws Exception {
        inOneTurn(() -> write(0, MUCH));
        loop.settle();
        loop.advance(Duration.ofSeconds(20));
        inOneTurn(() -> {
            connections[0].keepInput(ByteBuffer.allocate(1));
            connections[0].dropInput();
        });
        loop.advance(Duration.ofSeconds(15));
        assertThat(dropStuckFor(Duration.ofSeconds(30))).isTrue();
        assertThat(handlers[0].next()).isEqualTo("failed");
    }

    @Test
    void readingIsNoSignOfCompletingAMessage() throws Exception {
        inOneTurn(() -> {
            connections[0].keepInput(ByteBuffer.allocate(1));
            write(0, MUCH);
        });
        loop.advance(Duration.ofSeconds(20));
        sockets[0].receive(MUCH / 2);
        loop.settle();
        loop.advance(Duration.ofSeconds(15));
        assertThat(dropStuckFor(Duration.ofSeconds(30))).isTrue();
        assertThat(dropStuckFor(Duration.ZERO)).as("nobody else").isFalse();
    }

    @Test
    void whoWasStuckOnceIsNotStuckForEver() throws Exception {
        inOneTurn(() -> write(0, MUCH));
        loop.advance(Duration.ofSeconds(40));
        sockets[0].receive(MUCH);
        loop.settle();
        inOneTurn(() -> {
            connections[0].keepInput(ByteBuffer.allocate(1));
            write(1, MUCH);
        });
        assertThat(dropStuckFor(Duration.ofSeconds(30))).isFalse();
        loop.advance(Duration.ofSeconds(30));
        assertThat(dropStuckFor(Duration.ofSeconds(30))).isTrue();
    }

    private boolean dropStuckFor(Duration time) throws Exception {
        // The loop looks at its clock once a turn.
        loop.settle();
        return loop.call(() -> loop.loop().dropStuck(time.toNanos()));
    }
}
