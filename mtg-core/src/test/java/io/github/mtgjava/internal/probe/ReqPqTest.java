package io.github.mtgjava.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.transport.obfuscated2.ProtocolTag;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReqPqTest {

    private static final Instant HALF_PAST = Instant.ofEpochSecond(1_750_000_000L, 500_000_007L);
    private static final byte[] NONCE = new byte[16];

    @Test
    void writesEveryField() {
        ByteBuffer packet = packet(ProtocolTag.INTERMEDIATE);
        assertThat(packet.remaining()).isEqualTo(44);
        assertThat(packet.getInt()).isEqualTo(40);
        assertThat(packet.getLong()).isZero();
        long id = packet.getLong();
        assertThat(id >> 32).isEqualTo(1_750_000_000L);
        assertThat(id & 0xffff_ffffL).isBetween(0x8000_0000L, 0x8000_0100L);
        assertThat(id % 4).isZero();
        assertThat(packet.getInt()).isEqualTo(20);
        assertThat(packet.getInt()).isEqualTo(0xbe7e8ef1);
        assertThat(packet.remaining()).isEqualTo(16);
    }

    @Test
    void padsAsClientsDo() {
        Set<Integer> lengths = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            ByteBuffer packet = packet(ProtocolTag.PADDED_INTERMEDIATE);
            assertThat(packet.remaining()).isEqualTo(4 + packet.getInt(0));
            lengths.add(packet.getInt(0));
        }
        assertThat(lengths).hasSize(16).allMatch(length -> length >= 40 && length <= 55);
    }

    private static ByteBuffer packet(ProtocolTag tag) {
        return ByteBuffer.wrap(ReqPq.packet(tag, NONCE, HALF_PAST, RandomSource.secure()))
                .order(ByteOrder.LITTLE_ENDIAN);
    }
}
