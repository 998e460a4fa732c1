package io.github.mtgjava.transport.nio;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mtgjava.testkit.ClosedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Routes that begin with a conversation. */
final class DialOpeningTest {
    private static final InetSocketAddress FAR = new InetSocketAddress("192.0.2.1", 443);
    private static final Duration HEAD_START = Duration.ofMillis(250);
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Duration TICK = Duration.ofNanos(TimerWheel.TICK_NANOS);
    private static final Dial.Settings SETTINGS =
            new Dial.Settings(HEAD_START.toNanos(), DEADLINE.toNanos(), SocketOptions.AUTOTUNED);

    private final RecordingDialHandler handler = new RecordingDialHandler();
    private TestLoop loop;
    private ServerSocket hop;

    @BeforeEach
    void start() throws Exception {
        loop = new TestLoop();
        hop = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        hop.setSoTimeout((int) TestLoop.LIMIT_MILLIS);
    }

    @AfterEach
    void end() throws Exception {
        loop.close();
        hop.close();
    }

    /** Says "hello" (or more) and expects "yes"; then says "please" and expects "done". */
    private static final class Courtesy implements Opening {
        private final StringBuilder heard = new StringBuilder();
        private final String first;
        private ByteBuffer output;

        Courtesy(String first) {
            this.first = first;
            output = ByteBuffer.wrap(first.getBytes(US_ASCII));
        }

        @Override
        public ByteBuffer output() {
            return output;
        }

        @Override
        public int missing() {
            return (heard.length() < 3 ? 3 : 7) - heard.length();
        }

        @Override
        public Status read(ByteBuffer in) {
            assertThat(in.remaining()).isBetween(1, missing());
            heard.append(US_ASCII.decode(in));
            if (heard.length() == 3) {
                output = ByteBuffer.wrap("please".getBytes(US_ASCII));
                return heard.toString().equals("yes") ? Status.WRITE : Status.FAILED;
            }
            return heard.length() < 7 ? Status.NEED_INPUT : Status.DONE;
        }

        @Override
        public String error() {
            return "an uncivil answer to " + first;
        }
    }

    private Route polite(String first) {
        return new Route(FAR, (InetSocketAddress) hop.getLocalSocketAddress(), new Courtesy(first));
    }

    private void dial(Route... routes) throws Exception {
        loop.call(() -> Dial.start(loop.loop(), List.of(routes), SETTINGS, handler));
    }

    private static void expect(Socket peer, String words) throws IOException {
        assertThat(new String(peer.getInputStream().readNBytes(words.length()), US_ASCII))
                .isEqualTo(words);
    }

    /** The rest of a polite conversation, after which the one who dialled is connected. */
    private void letIn(Socket peer) throws Exception {
        say(peer, "yes");
        expect(peer, "please");
        say(peer, "done");
        assertThat(handler.next()).isEqualTo("connected");
    }

    private static void say(Socket peer, String words) throws IOException {
        peer.getOutputStream().write(words.getBytes(US_ASCII));
    }

    @Test
    void connectsWhenTheConversationIsOverAndReadsNothingBehindIt() throws Exception {
        dial(polite("hello"));
        try (Socket peer = hop.accept()) {
            expect(peer, "hello");
            say(peer, "yes");
            expect(peer, "please");
            say(peer, "donefirst words");
            assertThat(handler.next()).isEqualTo("connected");
            assertThat(handler.address()).isEqualTo(FAR);
            try (SocketChannel channel = handler.channel()) {
                assertThat(loop.interest(channel)).isZero();
                ByteBuffer rest = ByteBuffer.allocate(100);
                while (rest.position() < 11) {
                    channel.read(rest);
                }
                assertThat(US_ASCII.decode(rest.flip()).toString()).isEqualTo("first words");
            }
        }
    }

    @Test
    void talksByteByByte() throws Exception {
        dial(polite("hello"));
        try (Socket peer = hop.accept()) {
            peer.setTcpNoDelay(true);
            expect(peer, "hello");
            for (String letter : "yes".split("")) {
                say(peer, letter);
                loop.settle();
            }
            expect(peer, "please");
            for (String letter : "done".split("")) {
                assertThat(handler.events()).isEmpty();
                say(peer, letter);
                loop.settle();
            }
            assertThat(handler.next()).isEqualTo("connected");
            handler.channel().close();
        }
    }

    @Test
    void waitsWhileTheOtherSideTakesNothing() throws Exception {
        String longSpeech = "hello".repeat(2_000_000);
        dial(polite(longSpeech));
        try (Socket peer = hop.accept()) {
            loop.settle();
            assertThat(handler.events()).isEmpty();
            expect(peer, longSpeech);
            letIn(peer);
            handler.channel().close();
        }
    }

    @Test
    void goesOnWithTheNextRouteAfterAnUncivilAnswer() throws Exception {
        dial(polite("first"), polite("second"));
        try (Socket first = hop.accept()) {
            expect(first, "first");
            say(first, "no!");
            try (Socket second = hop.accept()) {
                expect(second, "second");
                letIn(second);
            }
        }
        assertThat(handler.errors()).containsExactly("an uncivil answer to first");
        handler.channel().close();
    }

    @Test
    void failsWhenItIsHungUpOnAtAnyPoint() throws Exception {
        for (String answer : List.of("", "ye", "yes", "yesdon")) {
            dial(polite("hello"));
            try (Socket peer = hop.accept()) {
                expect(peer, "hello");
                say(peer, answer);
            }
            assertThat(handler.next()).isEqualTo("failed");
        }
        assertThat(handler.failed()).hasSize(4);
    }

    @Test
    void failsWhenTheHopRefuses() throws Exception {
        try (ClosedPort nobody = ClosedPort.reserve()) {
            dial(new Route(FAR, nobody.address(), new Courtesy("hello")));
            assertThat(handler.next()).isEqualTo("failed");
        }
    }

    @Test
    void triesTheNextRouteBesideASilentOneAndForgetsItWhenItLoses() throws Exception {
        dial(polite("first"), polite("second"));
        try (Socket first = hop.accept()) {
            expect(first, "first");
            loop.settle();
            loop.advance(HEAD_START.plus(TICK));
            try (Socket second = hop.accept()) {
                expect(second, "second");
                letIn(second);
            }
            assertThat(first.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(handler.overtaken()).containsExactly(FAR.getPort());
        assertThat(handler.failed()).isEmpty();
        handler.channel().close();
    }

    @Test
    void oneThatFailsLateTakesNothingOfTheHeadStartOfTheNext() throws Exception {
        dial(polite("first"), polite("second"), polite("third"));
        try (Socket first = hop.accept()) {
            expect(first, "first");
            loop.settle();
            loop.advance(HEAD_START.plus(TICK));
            try (Socket second = hop.accept()) {
                expect(second, "second");
                say(first, "no!");
                assertThat(first.getInputStream().read()).isEqualTo(-1);
                loop.settle();
                hop.setSoTimeout(50);
                assertThatThrownBy(hop::accept).isInstanceOf(SocketTimeoutException.class);
                hop.setSoTimeout((int) TestLoop.LIMIT_MILLIS);
                loop.advance(HEAD_START.plus(TICK));
                try (Socket third = hop.accept()) {
                    expect(third, "third");
                    letIn(second);
                }
            }
        }
        assertThat(handler.errors()).containsExactly("an uncivil answer to first");
        assertThat(handler.overtaken()).isEmpty();
        handler.channel().close();
    }

    @Test
    void oneDeadlineIsForConnectingAndTalking() throws Exception {
        dial(polite("hello"));
        try (Socket peer = hop.accept()) {
            expect(peer, "hello");
            say(peer, "yes");
            expect(peer, "please");
            loop.advance(DEADLINE.plus(TICK));
            assertThat(handler.next()).isEqualTo("failed");
            assertThat(peer.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(handler.errors()).containsExactly("no answer");
    }
}
