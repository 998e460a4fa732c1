package io.github.mtgjava.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PendingBytesTest {
    private final BufferPool pool = new BufferPool(BufferBudget.unlimited());
    private final PendingBytes pending = new PendingBytes(pool);
    private final ScriptedChannel channel = new ScriptedChannel();

    private static byte[] bytes(int count, long seed) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void keepsOrderAndContentOverAnyAppendsAndPartialWrites(long seed) throws IOException {
        Random random = new Random(seed);
        ByteArrayOutputStream appended = new ByteArrayOutputStream();
        for (int i = 0; i < 2000; i++) {
            if (random.nextInt(3) > 0) {
                byte[] next = bytes(random.nextInt(random.nextInt(10) == 0 ? 60_000 : 600), random.nextLong());
                ByteBuffer source = ByteBuffer.wrap(next);
                pending.append(source);
                assertThat(source.hasRemaining()).isFalse();
                appended.writeBytes(next);
            } else {
                channel.willTake(random.nextInt(40_000));
                pending.writeTo(channel);
            }
            assertThat(pending.bytes()).isEqualTo(appended.size() - channel.size());
            assertThat(pool.bytesInUse()).isGreaterThanOrEqualTo(pending.bytes());
            assertThat(pool.bytesInUse() == 0).isEqualTo(pending.bytes() == 0);
        }
        channel.willTake(Integer.MAX_VALUE);
        pending.writeTo(channel);

        assertThat(channel.taken()).isEqualTo(appended.toByteArray());
        assertThat(pool.bytesInUse()).isZero();
    }

    @Test
    void writesMoreChunksThanOneGatheringCallTakes() throws IOException {
        byte[] content = bytes(40 * BufferPool.CHUNK_BYTES + 1, 1);
        pending.append(ByteBuffer.wrap(content));
        assertThat(pool.bytesInUse()).isEqualTo(41L * BufferPool.CHUNK_BYTES);

        channel.willTake(Integer.MAX_VALUE);
        pending.writeTo(channel);

        assertThat(channel.taken()).isEqualTo(content);
        assertThat(channel.widestGather()).isBetween(2, 16);
        assertThat(pending.bytes()).isZero();
        assertThat(pool.bytesInUse()).isZero();
    }

    @Test
    void writesOneByteAtATime() throws IOException {
        byte[] content = bytes(BufferPool.CHUNK_BYTES + 100, 2);
        pending.append(ByteBuffer.wrap(content));
        for (int left = content.length; left > 0; left--) {
            assertThat(pending.bytes()).isEqualTo(left);
            channel.willTake(1);
            pending.writeTo(channel);
        }
        assertThat(channel.taken()).isEqualTo(content);
        assertThat(pool.bytesInUse()).isZero();
    }

    @Test
    void fillsTheRoomOfTheLastChunkBeforeItTakesAnother() {
        for (int i = 0; i < BufferPool.CHUNK_BYTES; i++) {
            pending.append(ByteBuffer.wrap(new byte[1]));
        }
        assertThat(pool.bytesInUse()).isEqualTo(BufferPool.CHUNK_BYTES);
        pending.append(ByteBuffer.wrap(new byte[1]));
        assertThat(pool.bytesInUse()).isEqualTo(2L * BufferPool.CHUNK_BYTES);
    }

    @Test
    void copiesOnlyWhatRemainsInTheSource() throws IOException {
        ByteBuffer source =
                ByteBuffer.allocateDirect(10).put(bytes(10, 3)).position(3).limit(7);
        pending.append(source);
        source.clear().put(new byte[10]);

        channel.willTake(100);
        pending.writeTo(channel);
        assertThat(channel.taken()).isEqualTo(Arrays.copyOfRange(bytes(10, 3), 3, 7));
    }

    @Test
    void appendsNothingWithoutTakingAChunk() {
        pending.append(ByteBuffer.allocate(0));
        assertThat(pool.bytesInUse()).isZero();
        assertThat(pending.bytes()).isZero();
    }

    @Test
    void givesEverythingBackWhenCleared() throws IOException {
        pending.append(ByteBuffer.wrap(bytes(50_000, 4)));
        channel.willTake(20_000);
        pending.writeTo(channel);

        pending.clear();
        assertThat(pending.bytes()).isZero();
        assertThat(pool.bytesInUse()).isZero();

        pending.append(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        channel.willTake(100);
        pending.writeTo(channel);
        assertThat(channel.taken()).hasSize(20_003).endsWith(1, 2, 3);
    }

    @Test
    void givesEverythingBackWhenClearedAfterTheChannelFailed() {
        pending.append(ByteBuffer.wrap(bytes(50_000, 5)));
        channel.willFail();
        assertThatThrownBy(() -> pending.writeTo(channel)).isInstanceOf(IOException.class);

        pending.clear();
        assertThat(pool.bytesInUse()).isZero();
    }

    @Test
    void handsReusedChunksOutEmpty() {
        ByteBuffer chunk = pool.acquire();
        chunk.position(5).limit(9);
        pool.release(chunk);

        ByteBuffer again = pool.acquire();
        assertThat(again).isSameAs(chunk);
        assertThat(again.remaining()).isEqualTo(BufferPool.CHUNK_BYTES);
    }
}
