package io.github.mtgjava.examples.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Mac;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlightTest {

    private static final byte[] KEY = new byte[16];
    private static final byte[] HELLO = new HelloMaker(new Random(1), KEY, "origin.test").make(0);
    private static final int SERVER_HELLO = 122;
    private static final int DATA = 3000;

    @ParameterizedTest
    @ValueSource(ints = {1, 127, 138, 4096})
    void acceptsAGoodFlightHoweverItIsCut(int feeding) throws IOException {
        byte[] good = flight();
        Flight flight = new Flight(KEY, HELLO);
        boolean complete = false;
        for (int at = 0; at < good.length; at += feeding) {
            assertThat(complete).isFalse();
            complete = flight.offer(ByteBuffer.wrap(good, at, Math.min(feeding, good.length - at)));
        }
        assertThat(complete).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 11, 42, 43, 126, 127, 135, 138, 3137})
    void refusesAFlightWithOneWrongByte(int at) {
        byte[] bad = flight();
        bad[at] ^= (byte) 0x80;
        assertThatThrownBy(() -> new Flight(KEY, HELLO).offer(ByteBuffer.wrap(bad)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void refusesBytesBehindTheFlight() {
        byte[] longer = Arrays.copyOf(flight(), Tls.HEADER + SERVER_HELLO + 11 + DATA + 1);
        assertThatThrownBy(() -> new Flight(KEY, HELLO).offer(ByteBuffer.wrap(longer)))
                .hasMessageContaining("bytes behind");
    }

    @Test
    void refusesMoreThanItCouldHold() {
        assertThatThrownBy(() -> new Flight(KEY, HELLO).offer(ByteBuffer.allocate(30_000)))
                .hasMessageContaining("more bytes");
    }

    private static byte[] flight() {
        ByteBuffer out = ByteBuffer.allocate(Tls.HEADER + SERVER_HELLO + 6 + Tls.HEADER + DATA);
        out.put((byte) 0x16).putShort((short) 0x0303).putShort((short) SERVER_HELLO);
        out.position(Tls.HEADER + SERVER_HELLO);
        out.put(Tls.changeCipherSpec());
        Tls.putHeader(out, DATA);
        Mac mac = Tls.hmac(KEY);
        mac.update(HELLO, Tls.RANDOM_OFFSET, Tls.RANDOM_LENGTH);
        byte[] digest = mac.doFinal(out.array());
        return out.position(Tls.RANDOM_OFFSET).put(digest).array();
    }
}
