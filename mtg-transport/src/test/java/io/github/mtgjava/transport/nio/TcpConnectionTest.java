package io.github.mtgjava.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TcpConnectionTest {
    /** Far more than the kernel holds between the two ends. */
    private static final int A_LOT = 2_000_000;

    private final RecordingHandler handler = new RecordingHandler();
    private TestLoop loop;
    private SocketPair sockets;
    private TcpConnection connection;

    @BeforeEach
    void connect() throws Exception {
        loop = new TestLoop();
        sockets = new SocketPair();
        connection = loop.call(() -> TcpConnection.open(loop.loop(), sockets.ours(), handler, false));
    }

    @AfterEach
    void disconnect() throws Exception {
        loop.run(connection::close);
        assertThat(loop.loop().pool().bytesInUse()).as("chunks not given back").isZero();
        loop.close();
        sockets.close();
    }

    private static byte[] noise(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private boolean write(byte... bytes) throws Exception {
        return loop.call(() -> {
            ByteBuffer source = ByteBuffer.wrap(bytes);
            boolean nothingHeld = connection.write(source);
            assertThat(source.hasRemaining()).isFalse();
            assertThat(nothingHeld).isEqualTo(connection.pending() == 0);
            return nothingHeld;
        });
    }

    @Test
    void writesThroughWithNothingPending() throws Exception {
        assertThat(write((byte) 1, (byte) 2, (byte) 3)).isTrue();
        assertThat(loop.loop().pool().bytesInUse()).isZero();
        assertThat(sockets.receive(3)).containsExactly(1, 2, 3);
        loop.settle();
        assertThat(handler.events()).isEmpty();
    }

    @Test
    void holdsWhatThePeerDoesNotReadAndWritesItInOrderLater() throws Exception {
        byte[] content = noise(A_LOT);
        assertThat(write(content)).isFalse();
        assertThat(write((byte) 1, (byte) 2)).isFalse();
        int pending = loop.call(connection::pending);
        assertThat(pending).isBetween(A_LOT / 2, A_LOT + 2);
        assertThat(loop.loop().pool().bytesInUse()).isBetween((long) pending, pending + 2L * BufferPool.CHUNK_BYTES);

        assertThat(sockets.receive(A_LOT)).isEqualTo(content);
        assertThat(sockets.receive(2)).containsExactly(1, 2);
        assertThat(handler.next()).isEqualTo("drained");
        assertThat(loop.loop().pool().bytesInUse()).isZero();
        assertThat(loop.interest(sockets.ours())).isEqualTo(SelectionKey.OP_READ);

        assertThat(write((byte) 3)).isTrue();
        assertThat(sockets.receive()).isEqualTo(3);
        loop.settle();
        assertThat(handler.events()).as("drained is said once").isEmpty();
    }

    @Test
    void drainsAgainAfterEveryJam() throws Exception {
        byte[] content = noise(A_LOT);
        for (int i = 0; i < 3; i++) {
            write(content);
            assertThat(sockets.receive(A_LOT)).isEqualTo(content);
            assertThat(handler.next()).isEqualTo("drained");
        }
    }

    @Test
    void readsNothingWhilePaused() throws Exception {
        sockets.send((byte) 1);
        handler.awaitReceived(1);
        loop.run(connection::pauseReading);
        assertThat(loop.call(connection::isReadingPaused)).isTrue();

        sockets.send((byte) 2);
        loop.settle();
        assertThat(handler.received()).containsExactly(1);

        loop.run(connection::resumeReading);
        assertThat(loop.call(connection::isReadingPaused)).isFalse();
        assertThat(handler.awaitReceived(2)).containsExactly(1, 2);
    }

    @Test
    void startsPausedIfAskedTo() throws Exception {
        try (SocketPair other = new SocketPair()) {
            RecordingHandler otherHandler = new RecordingHandler();
            TcpConnection paused = loop.call(() -> TcpConnection.open(loop.loop(), other.ours(), otherHandler, true));
            other.send((byte) 7);
            loop.settle();
            assertThat(otherHandler.received()).isEmpty();

            loop.run(paused::resumeReading);
            assertThat(otherHandler.awaitReceived(1)).containsExactly(7);
            loop.run(paused::close);
        }
    }

    @Test
    void keepsWritingWhatIsPendingWhileReadingIsPaused() throws Exception {
        write(noise(A_LOT));
        loop.run(connection::pauseReading);
        assertThat(sockets.receive(A_LOT)).hasSize(A_LOT);
        assertThat(handler.next()).isEqualTo("drained");
        assertThat(loop.call(connection::isReadingPaused)).isTrue();
    }

    @Test
    void readsScatteredIntoTheFirstBuffersOnly() throws Exception {
        loop.run(connection::pauseReading);
        sockets.send(noise(10));
        ByteBuffer[] targets = {ByteBuffer.allocate(4), ByteBuffer.allocate(3), ByteBuffer.allocate(9)};
        assertThat(loop.call(() -> connection.read(targets, 2))).isEqualTo(7);
        assertThat(targets[2].position()).isZero();
        assertThat(loop.call(() -> connection.read(targets, 3))).isEqualTo(3);
    }

    @Test
    void readsZeroBytesWhenThereAreNone() throws Exception {
        assertThat(loop.call(() -> connection.read(ByteBuffer.allocate(9)))).isZero();
        assertThat(loop.call(connection::isClosed)).isFalse();
    }

    @Test
    void goesOnWritingAfterThePeerHalfClosed() throws Exception {
        sockets.send((byte) 5);
        sockets.peer().shutdownOutput();
        assertThat(handler.next()).isEqualTo("end");
        assertThat(handler.received()).containsExactly(5);

        write((byte) 6);
        assertThat(sockets.receive()).isEqualTo(6);
        assertThat(handler.events()).isEmpty();
    }

    @Test
    void finishesAtOnceWhenNothingIsPendingAndGoesOnReading() throws Exception {
        loop.run(connection::finish);
        loop.run(connection::finish);
        assertThat(sockets.receive()).isEqualTo(-1);

        sockets.send((byte) 9);
        assertThat(handler.awaitReceived(1)).containsExactly(9);
    }

    @Test
    void sendsFinOnlyAfterWhatIsPending() throws Exception {
        byte[] content = noise(A_LOT);
        write(content);
        loop.run(connection::finish);
        assertThat(loop.call(connection::pending)).isPositive();

        assertThat(sockets.receive(A_LOT)).isEqualTo(content);
        assertThat(sockets.receive()).isEqualTo(-1);
        assertThat(handler.next()).isEqualTo("drained");
        assertThat(loop.call(connection::isClosed)).isFalse();
    }

    @Test
    void ignoresWritesAfterFinish() throws Exception {
        byte[] content = noise(A_LOT);
        write(content);
        loop.run(connection::finish);
        loop.run(() -> {
            int before = connection.pending();
            ByteBuffer late = ByteBuffer.wrap(new byte[10]);
            assertThat(connection.write(late)).isTrue();
            assertThat(late.hasRemaining()).isFalse();
            assertThat(connection.pending()).isEqualTo(before);
        });
        assertThat(sockets.receive(A_LOT + 10)).isEqualTo(content);
    }

    @Test
    void closesWithFin() throws Exception {
        loop.run(connection::close);
        loop.run(connection::close);
        assertThat(sockets.receive()).isEqualTo(-1);
        assertThat(loop.call(connection::isClosed)).isTrue();
    }

    @Test
    void resetsWithRst() throws Exception {
        loop.run(connection::reset);
        assertThatThrownBy(sockets::receive).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        assertThat(loop.call(connection::isClosed)).isTrue();
        assertThat(handler.events()).isEmpty();
    }

    @Test
    void givesItsChunksBackWhenClosedWithBytesPending() throws Exception {
        write(noise(A_LOT));
        assertThat(loop.loop().pool().bytesInUse()).isPositive();
        loop.run(connection::close);
        assertThat(loop.loop().pool().bytesInUse()).isZero();
        assertThat(loop.call(connection::pending)).isZero();
        loop.settle();
        assertThat(handler.events()).isEmpty();
    }

    @Test
    void tellsOfAPeersResetExactlyOnce() throws Exception {
        sockets.resetByPeer();
        assertThat(handler.next()).isEqualTo("failed");
        loop.settle();
        assertThat(handler.events()).isEmpty();
        assertThat(loop.call(connection::isClosed)).isTrue();
    }

    @Test
    void tellsOfAPeersResetWhileBytesArePendingAndReadingIsPaused() throws Exception {
        write(noise(A_LOT));
        loop.run(connection::pauseReading);
        sockets.resetByPeer();
        // Nothing can be written any more, but what the peer had sent before may still be there to be read.
        assertThat(handler.next()).isEqualTo("drained");
        assertThat(loop.loop().pool().bytesInUse()).isZero();
        loop.run(connection::resumeReading);
        assertThat(handler.next()).isEqualTo("failed");
        loop.settle();
        assertThat(handler.events()).isEmpty();
    }

    @Test
    void stillReadsWhatThePeerHadSentBeforeItTookNothingMore() throws Exception {
        loop.run(connection::pauseReading);
        sockets.peer().getOutputStream().write(noise(1000));
        loop.run(() -> {
            connection.write(ByteBuffer.wrap(new byte[10]));
        });
        // Closing with unread data resets; the kernel keeps what it has for us.
        sockets.peer().close();
        loop.run(() -> {
            for (int i = 0; i < 100; i++) {
                assertThat(connection.write(ByteBuffer.wrap(new byte[10]))).isTrue();
            }
            assertThat(connection.isClosed()).isFalse();
        });
        assertThat(loop.call(() -> connection.read(ByteBuffer.allocate(1000)))).isPositive();
    }

    @Test
    void neverCallsTheHandlerFromInsideAWriteThatFails() throws Exception {
        loop.run(connection::pauseReading);
        sockets.resetByPeer();
        loop.run(() -> {
            for (int i = 0; i < 100; i++) {
                assertThat(connection.write(ByteBuffer.wrap(new byte[10]))).isTrue();
            }
            assertThat(handler.events()).isEmpty();
        });
        loop.run(connection::resumeReading);
        assertThat(handler.next()).isEqualTo("failed");
        loop.settle();
        assertThat(handler.events()).isEmpty();
    }

    @Test
    void tellsOfAPeerThatTakesNothingMoreAfterItsEnd() throws Exception {
        sockets.peer().close();
        assertThat(handler.next()).isEqualTo("end");
        loop.run(connection::pauseReading);
        loop.run(() -> {
            for (int i = 0; i < 100; i++) {
                assertThat(connection.write(ByteBuffer.wrap(new byte[10]))).isTrue();
            }
        });
        assertThat(handler.next()).isEqualTo("failed");
        loop.settle();
        assertThat(handler.events()).isEmpty();
        assertThat(loop.call(connection::isClosed)).isTrue();
    }

    @Test
    void saysNothingOfAFailureOnceItsUserHasClosedIt() throws Exception {
        loop.run(connection::pauseReading);
        sockets.resetByPeer();
        loop.run(() -> {
            for (int i = 0; i < 100; i++) {
                connection.write(ByteBuffer.wrap(new byte[10]));
            }
            connection.close();
        });
        loop.settle();
        assertThat(handler.events()).isEmpty();
    }

    @Test
    void doesNothingMoreOnceClosed() throws Exception {
        loop.run(() -> {
            connection.close();
            ByteBuffer source = ByteBuffer.wrap(new byte[10]);
            assertThat(connection.write(source)).isTrue();
            assertThat(source.hasRemaining()).isFalse();
            assertThat(connection.read(ByteBuffer.allocate(10))).isZero();
            assertThat(connection.read(new ByteBuffer[] {ByteBuffer.allocate(10)}, 1))
                    .isZero();
            connection.pauseReading();
            connection.resumeReading();
            connection.finish();
            connection.reset();
        });
        loop.settle();
        assertThat(handler.events()).isEmpty();
    }

    @Test
    void refusesAChannelThatIsClosedAlready() throws Exception {
        try (SocketPair other = new SocketPair()) {
            other.ours().close();
            loop.run(() -> assertThatThrownBy(() -> TcpConnection.open(loop.loop(), other.ours(), handler, false))
                    .isInstanceOf(ClosedChannelException.class));
        }
    }
}
