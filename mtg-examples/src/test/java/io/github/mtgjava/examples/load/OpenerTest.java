package io.github.mtgjava.examples.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenerTest {

    private static final int LENGTH = 100_000;
    private static final int PIECE = 1000;

    private Loop loop;
    private ByteBuffer sealed;

    @BeforeEach
    void sealContent() throws IOException {
        loop = new Loop();
        sealed = ByteBuffer.allocate(LENGTH + 10);
        assertThat(new Sealer(loop, stream(), 0).sealContent(0, LENGTH, sealed)).isEqualTo(LENGTH);
        sealed.flip();
    }

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void acceptsTheContentHoweverMuchIsLookedAt() {
        for (Check check : Check.values()) {
            assertThat(wrongPieces(check)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8191, 8192, 65_521, LENGTH - 1})
    void noticesEveryWrongByteIfItLooksAtAll(int at) {
        corrupt(at);
        assertThat(wrongPieces(Check.ALL)).isEqualTo(1);
        assertThat(wrongPieces(Check.NONE)).isZero();
    }

    @Test
    void noticesAWrongByteInASampledPiece() {
        corrupt(10);
        corrupt(32 * PIECE + 10);
        corrupt(33 * PIECE + 10);
        assertThat(wrongPieces(Check.SAMPLE)).isEqualTo(2);
    }

    @Test
    void noticesThatAPieceIsMissing() {
        sealed.position(PIECE);
        assertThat(new Opener(loop, stream()).accept(sealed, PIECE, 0, Check.ALL))
                .isFalse();
    }

    private void corrupt(int at) {
        sealed.put(at, (byte) ~sealed.get(at));
    }

    private int wrongPieces(Check check) {
        Opener opener = new Opener(loop, stream());
        int wrong = 0;
        for (int at = 0; at < LENGTH; at += PIECE) {
            wrong += opener.accept(sealed, PIECE, at, check) ? 0 : 1;
        }
        sealed.rewind();
        return wrong;
    }

    private static CtrStream stream() {
        return new CtrStream(new byte[32], new byte[16]);
    }
}
