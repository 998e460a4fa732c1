package io.github.mtgjava.transport.socks5;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.mtgjava.testkit.Feeding;
import io.github.mtgjava.transport.socks5.Socks5Handshake.Status;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes are those of RFC 1928, sections 3 to 6, and RFC 1929, section 2. */
class Socks5HandshakeTest {

    private static final byte[] IPV4 = {(byte) 149, (byte) 154, (byte) 167, 50};
    private static final byte[] IPV6 = hex("20010b28f23df001000000000000000a");
    private static final String IPV4_REQUEST = "05010001" + "959aa732" + "01bb";
    private static final String IPV6_REQUEST = "05010004" + "20010b28f23df001000000000000000a" + "01bb";
    private static final String LOGIN = "01" + "05" + "616c696365" + "06" + "736573616d65";
    private static final String IPV4_REPLY = "05000001" + "cb007105" + "9c40";

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static Credentials alice() {
        return Credentials.of("alice".getBytes(UTF_8), "sesame".getBytes(UTF_8));
    }

    private static Socks5Handshake plain() {
        return new Socks5Handshake(IPV4, 443, null);
    }

    private static Socks5Handshake withLogin() {
        return new Socks5Handshake(IPV4, 443, alice());
    }

    /** What a handshake says, and how it ends; it is fed as a socket would. */
    private static final class Talk {

        private final Socks5Handshake handshake;
        private final ByteArrayOutputStream said = new ByteArrayOutputStream();
        private Status status = Status.NEED_INPUT;
        private int left;

        Talk(Socks5Handshake handshake) {
            this.handshake = handshake;
            say();
        }

        private void say() {
            ByteBuffer words = handshake.output();
            byte[] bytes = new byte[words.remaining()];
            words.get(bytes);
            said.writeBytes(bytes);
        }

        Talk hear(Feeding feeding) {
            for (ByteBuffer chunk : feeding.chunks()) {
                hear(chunk);
            }
            return this;
        }

        Talk hear(String digits) {
            hear(ByteBuffer.wrap(hex(digits)));
            return this;
        }

        private void hear(ByteBuffer chunk) {
            for (status = handshake.read(chunk); status == Status.WRITE; status = handshake.read(chunk)) {
                say();
            }
            left += chunk.remaining();
        }

        String said() {
            return HexFormat.of().formatHex(said.toByteArray());
        }
    }

    @Test
    void offersTheLoginOnlyWhereThereIsOne() {
        assertThat(new Talk(plain()).said()).isEqualTo("050100");
        assertThat(new Talk(withLogin()).said()).isEqualTo("05020002");
    }

    @Test
    void connectsWithoutALoginUnderEveryFeeding() {
        for (Feeding feeding : Feeding.all(hex("0500" + IPV4_REPLY))) {
            Talk talk = new Talk(plain()).hear(feeding);
            assertThat(talk.status).as(feeding.name()).isEqualTo(Status.CONNECTED);
            assertThat(talk.said()).as(feeding.name()).isEqualTo("050100" + IPV4_REQUEST);
        }
    }

    @Test
    void connectsWithALoginUnderEveryFeeding() {
        for (Feeding feeding : Feeding.all(hex("0502" + "0100" + IPV4_REPLY))) {
            Talk talk = new Talk(withLogin()).hear(feeding);
            assertThat(talk.status).as(feeding.name()).isEqualTo(Status.CONNECTED);
            assertThat(talk.said()).as(feeding.name()).isEqualTo("05020002" + LOGIN + IPV4_REQUEST);
        }
    }

    @Test
    void keepsTheLoginToItselfWhereNobodyWantsIt() {
        Talk talk = new Talk(withLogin()).hear("0500" + IPV4_REPLY);
        assertThat(talk.status).isEqualTo(Status.CONNECTED);
        assertThat(talk.said()).isEqualTo("05020002" + IPV4_REQUEST);
    }

    @Test
    void asksForIpv6() {
        Talk talk = new Talk(new Socks5Handshake(IPV6, 443, null)).hear("0500" + IPV4_REPLY);
        assertThat(talk.said()).isEqualTo("050100" + IPV6_REQUEST);
    }

    @Test
    void sendsTheLongestLogin() {
        byte[] user = new byte[Credentials.MAX_BYTES];
        byte[] password = new byte[Credentials.MAX_BYTES];
        Arrays.fill(user, (byte) 'u');
        Arrays.fill(password, (byte) 'p');
        Talk talk = new Talk(new Socks5Handshake(IPV4, 443, Credentials.of(user, password))).hear("0502");
        assertThat(talk.said()).isEqualTo("05020002" + "01ff" + "75".repeat(255) + "ff" + "70".repeat(255));
    }

    /** Some servers answer the login as if they spoke of the other version. */
    @Test
    void caresNotForTheVersionInTheOutcomeOfTheLogin() {
        assertThat(new Talk(withLogin()).hear("0502" + "0500" + IPV4_REPLY).status)
                .isEqualTo(Status.CONNECTED);
    }

    @ParameterizedTest
    @CsvSource({
        "01cb0071059c40, false, cb007105, 40000",
        "01000000000000, false, 00000000, 0",
        "0420010db800000000000000000000000101bb, false, 20010db8000000000000000000000001, 443",
        "030b6578616d706c652e636f6dffff, true, 6578616d706c652e636f6d, 65535",
        "03000050, true, '', 80"
    })
    void tellsWhereTheServerConnectsFrom(String said, boolean isName, String address, int port) {
        for (Feeding feeding : Feeding.all(hex("0500" + "050000" + said))) {
            Talk talk = new Talk(plain()).hear(feeding);
            assertThat(talk.status).as(feeding.name()).isEqualTo(Status.CONNECTED);
            BoundAddress bound = talk.handshake.bound();
            assertThat(bound.isName()).isEqualTo(isName);
            assertThat(bound.address()).isEqualTo(hex(address));
            assertThat(bound.port()).isEqualTo(port);
        }
    }

    @Test
    void takesTheLongestName() {
        String name = "61".repeat(255);
        Talk talk = new Talk(plain()).hear("0500" + "05000003ff" + name + "01bb");
        assertThat(talk.status).isEqualTo(Status.CONNECTED);
        assertThat(talk.handshake.bound().address()).isEqualTo(hex(name));
    }

    @Test
    void leavesWhatFollowsTheReply() {
        for (Feeding feeding : Feeding.all(hex("0500" + IPV4_REPLY + "c0ffee"))) {
            Talk talk = new Talk(plain()).hear(feeding);
            assertThat(talk.status).as(feeding.name()).isEqualTo(Status.CONNECTED);
            assertThat(talk.left).as(feeding.name()).isEqualTo(3);
        }
    }

    @Test
    void neverAsksForAByteTooMany() {
        for (String replies : List.of(
                "0500" + IPV4_REPLY,
                "0500" + "05000004" + "20010db8000000000000000000000001" + "01bb",
                "0500" + "05000003" + "03616263" + "01bb")) {
            Socks5Handshake handshake = plain();
            ByteBuffer all = ByteBuffer.wrap(hex(replies));
            Status status = Status.NEED_INPUT;
            while (status != Status.CONNECTED) {
                int missing = handshake.missing();
                assertThat(missing).isBetween(1, all.remaining());
                status = handshake.read(all.slice(all.position(), missing));
                all.position(all.position() + missing);
            }
            assertThat(all.hasRemaining()).isFalse();
            assertThat(handshake.missing()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0400, NOT_SOCKS5",
        "4854, NOT_SOCKS5",
        "05ff, NO_ACCEPTABLE_METHOD",
        "0501, NO_ACCEPTABLE_METHOD",
        "0580, NO_ACCEPTABLE_METHOD",
        "05020101, LOGIN_REFUSED",
        "050201ff, LOGIN_REFUSED",
        "05020100 0400, NOT_SOCKS5",
        "0500 0501, GENERAL_FAILURE",
        "0500 0502, NOT_ALLOWED",
        "0500 0503, NETWORK_UNREACHABLE",
        "0500 0504, HOST_UNREACHABLE",
        "0500 0505, CONNECTION_REFUSED",
        "0500 0506, TTL_EXPIRED",
        "0500 0507, COMMAND_NOT_SUPPORTED",
        "0500 0508, ADDRESS_TYPE_NOT_SUPPORTED",
        "0500 0509, UNKNOWN_REPLY",
        "0500 05ff, UNKNOWN_REPLY",
        "0500 05000000, NOT_SOCKS5",
        "0500 05000002, NOT_SOCKS5",
        "0500 050000ff, NOT_SOCKS5"
    })
    void saysWhyThereIsNoConnection(String replies, Socks5Fault fault) {
        for (Feeding feeding : Feeding.all(hex(replies.replace(" ", "")))) {
            Talk talk = new Talk(withLogin()).hear(feeding);
            assertThat(talk.status).as(feeding.name()).isEqualTo(Status.REJECTED);
            assertThat(talk.handshake.fault()).as(feeding.name()).isEqualTo(fault);
            assertThat(talk.handshake.missing()).isZero();
        }
    }

    @Test
    void doesNotLogInWhereItCannot() {
        Talk talk = new Talk(plain()).hear("0502");
        assertThat(talk.handshake.fault()).isEqualTo(Socks5Fault.NO_ACCEPTABLE_METHOD);
        assertThat(talk.said()).isEqualTo("050100");
    }

    @Test
    void staysAtItsEnd() {
        Talk connected = new Talk(plain()).hear("0500" + IPV4_REPLY).hear("05ff");
        assertThat(connected.status).isEqualTo(Status.CONNECTED);
        assertThat(connected.left).isEqualTo(2);
        Talk rejected = new Talk(plain()).hear("05ff").hear("0500" + IPV4_REPLY);
        assertThat(rejected.status).isEqualTo(Status.REJECTED);
        assertThat(rejected.said()).isEqualTo("050100");
    }

    @Test
    void knowsWhenTheRequestIsOut() {
        Talk talk = new Talk(withLogin());
        assertThat(talk.handshake.hasAsked()).isFalse();
        assertThat(talk.hear("0502").handshake.hasAsked()).isFalse();
        assertThat(talk.hear("0100").handshake.hasAsked()).isTrue();
        assertThat(talk.hear("0505").handshake.hasAsked()).isTrue();
        assertThat(new Talk(withLogin()).hear("05ff").handshake.hasAsked()).isFalse();
        assertThat(new Talk(withLogin()).hear("05020101").handshake.hasAsked()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {IPV4_REPLY, "0500000420010db800000000000000000000000101bb", "05000003036162630050"})
    void waitsForMoreAtEveryTruncation(String reply) {
        byte[] all = hex("0502" + "0100" + reply);
        for (int length = 0; length < all.length; length++) {
            Talk talk = new Talk(withLogin());
            talk.hear(ByteBuffer.wrap(all, 0, length));
            assertThat(talk.status).as("%d bytes", length).isEqualTo(Status.NEED_INPUT);
            assertThat(talk.handshake.missing()).isPositive();
            assertThatIllegalStateException().isThrownBy(talk.handshake::bound);
            assertThatIllegalStateException().isThrownBy(talk.handshake::fault);
        }
    }

    @RepeatedTest(50)
    void noMutationMakesItThrowOrAskForMuch(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        byte[] good = hex("0502" + "0100" + "05000003" + "0b6578616d706c652e636f6d" + "01bb");
        for (int round = 0; round < 500; round++) {
            byte[] mutant = good.clone();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
            }
            Talk talk = new Talk(withLogin());
            talk.hear(ByteBuffer.wrap(mutant));
            assertThat(talk.handshake.missing()).isBetween(0, 257);
            assertThat(talk.said()).startsWith("05020002");
        }
    }

    @Test
    void showsNoCredentials() {
        assertThat(alice().toString()).doesNotContain("alice", "sesame");
        assertThat(withLogin().toString()).doesNotContain("alice", "sesame");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Credentials.of(
                        "alice".getBytes(UTF_8), "sesame".repeat(50).getBytes(UTF_8)))
                .withMessageNotContaining("sesame")
                .withMessageNotContaining("alice");
    }

    @Test
    void refusesWhatCannotBeSaid() {
        byte[] some = {1};
        assertThatIllegalArgumentException().isThrownBy(() -> Credentials.of(new byte[0], some));
        assertThatIllegalArgumentException().isThrownBy(() -> Credentials.of(some, new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> Credentials.of(new byte[256], some));
        assertThatIllegalArgumentException().isThrownBy(() -> new Socks5Handshake(new byte[5], 443, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new Socks5Handshake(IPV4, -1, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new Socks5Handshake(IPV4, 65_536, null));
    }
}
