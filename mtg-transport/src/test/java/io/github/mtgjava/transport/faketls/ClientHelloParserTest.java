package io.github.mtgjava.transport.faketls;

import static io.github.mtgjava.transport.faketls.HelloBuilder.concatenated;
import static io.github.mtgjava.transport.faketls.HelloBuilder.hostName;
import static io.github.mtgjava.transport.faketls.HelloBuilder.share;
import static io.github.mtgjava.transport.faketls.HelloBuilder.vector;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.crypto.HmacSha256;
import io.github.mtgjava.testkit.PatternStream;
import io.github.mtgjava.transport.faketls.ClientHelloReader.Status;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHelloParserTest {

    private static final int SNI = Tls.EXTENSION_SERVER_NAME;
    private static final int KEY_SHARE = Tls.EXTENSION_KEY_SHARE;
    private static final int PADDING = 0x15;

    static Stream<Arguments> malformed() {
        byte[] name = hostName("example.org");
        return Stream.of(
                Arguments.of("another version", hello().version(0x0304)),
                Arguments.of("a session id of 33 bytes", hello().sessionId(33)),
                Arguments.of("no cipher suite", hello().cipherSuites()),
                Arguments.of("half a cipher suite", hello().cipherSuites(0x13, 0x01, 0x13)),
                Arguments.of("no compression method", hello().compression(0)),
                Arguments.of("an extension cut in its type", hello().rawExtensionBytes(new byte[] {0})),
                Arguments.of("an extension cut in its length", hello().rawExtensionBytes(new byte[] {0, 5, 0})),
                Arguments.of("an extension too long", hello().rawExtensionBytes(new byte[] {0, 5, 0, 3, 1, 1})),
                Arguments.of(
                        "two server names extensions",
                        hello().extension(SNI, name).extension(SNI, name)),
                Arguments.of("no server name in the list", hello().extension(SNI, vector(2, new byte[0]))),
                Arguments.of("an empty server name", hello().extension(SNI, hostName(""))),
                Arguments.of("a server name with a NUL", hello().extension(SNI, hostName("exam\0ple.org"))),
                Arguments.of("a server name with a space", hello().extension(SNI, hostName("exam ple.org"))),
                Arguments.of("a server name with a DEL", hello().extension(SNI, hostName("exam\177ple.org"))),
                Arguments.of("a server name beyond ASCII", hello().extension(SNI, hostName("ex\u00e4mple.org"))),
                Arguments.of("two host names", hello().extension(SNI, vector(2, new byte[] {0, 0, 1, 'a', 0, 0, 1, 'b'
                }))),
                Arguments.of("another type of name", hello().extension(SNI, vector(2, new byte[] {1, 0, 1, 'a'}))),
                Arguments.of("a name beyond its list", hello().extension(SNI, vector(2, new byte[] {0, 0, 2, 'a'}))),
                Arguments.of("a name without its length", hello().extension(SNI, vector(2, new byte[] {0}))),
                Arguments.of("bytes behind the names", hello().extension(SNI, concatenated(name, new byte[1]))),
                Arguments.of("an empty server names extension", hello().extension(SNI, new byte[0])),
                Arguments.of("an empty key share extension", hello().extension(KEY_SHARE, new byte[0])),
                Arguments.of(
                        "two key share extensions",
                        hello().extension(KEY_SHARE, vector(2, new byte[0]))
                                .extension(KEY_SHARE, vector(2, new byte[0]))),
                Arguments.of("an empty share", hello().extension(KEY_SHARE, vector(2, share(0x1d, 0)))),
                Arguments.of("half a group", hello().extension(KEY_SHARE, vector(2, new byte[] {0}))),
                Arguments.of("a share beyond its list", hello().extension(KEY_SHARE, vector(2, new byte[] {
                    0, 29, 0, 2, 1
                }))),
                Arguments.of(
                        "bytes behind the shares",
                        hello().extension(KEY_SHARE, concatenated(vector(2, share(0x1d, 32)), new byte[1]))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void rejects(String what, HelloBuilder broken) {
        ByteBuffer raw = ByteBuffer.wrap(broken.wire());
        assertThat(new ClientHelloReader().read(raw)).as(what).isEqualTo(Status.REJECTED);
    }

    @Test
    void rejectsExtensionsThatEndBeforeTheMessageDoes() {
        byte[] good = hello().body();
        byte[] message = concatenated(new byte[] {1}, vector(3, concatenated(good, new byte[1])));
        ByteBuffer raw = ByteBuffer.wrap(HelloBuilder.records(message, 16_384));
        assertThat(new ClientHelloReader().read(raw)).isEqualTo(Status.REJECTED);
    }

    @Test
    void readsEmptyExtensionsAlsoAtTheEnd() {
        assertThat(read(hello().extension(0x17, new byte[0]).extension(0x23, new byte[0]))
                        .sessionId())
                .hasSize(32);
    }

    @Test
    void readsAnEmptyListOfShares() {
        ClientHello hello = read(hello().extension(KEY_SHARE, vector(2, new byte[0])));
        assertThat(hello.sharesKey(KeyShareGroup.X25519)).isFalse();
    }

    @Test
    void readsServerNamesOfAllPrintableCharacters() {
        assertThat(read(hello().extension(SNI, hostName("!host_~"))).serverName())
                .hasValue("!host_~");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 32})
    void readsSessionIdsOfAnyLegalLength(int length) {
        assertThat(read(hello().sessionId(length)).sessionId()).hasSize(length);
    }

    @Test
    void prefersTheFirstTls13SuiteInTheClientsOrder() {
        HelloBuilder mixed = hello().cipherSuites(0x1a, 0x1a, 0xc0, 0x2b, 0x13, 0x04, 0x13, 0x03, 0x13, 0x01);
        assertThat(read(mixed).preferredTls13Suite()).hasValue(0x1303);
        assertThat(read(mixed).cipherSuites()).containsExactly(0xc02b, 0x1304, 0x1303, 0x1301);
        assertThat(read(hello().cipherSuites(0xc0, 0x2f)).preferredTls13Suite()).isEmpty();
    }

    @Test
    void knowsWhetherASuiteIsOnOffer() {
        ClientHello hello = read(hello().cipherSuites(0x1a, 0x1a, 0x13, 0x02));
        assertThat(hello.offersSuite(0x1302)).isTrue();
        assertThat(hello.offersSuite(0x1301)).isFalse();
        assertThat(hello.offersSuite(0x1a1a)).isFalse();
    }

    @Test
    void skipsGreaseButNotWhatResemblesIt() {
        HelloBuilder resembling = hello().cipherSuites(0x0a, 0x0a, 0xfa, 0xfa, 0x0a, 0x1a, 0x0a, 0x0b);
        assertThat(read(resembling).cipherSuites()).containsExactly(0x0a1a, 0x0a0b);
    }

    @Test
    void sharesAKeyOnlyOfTheRightLength() {
        byte[] shares = concatenated(share(0xfafa, 1), share(0x001d, 31), share(0x11ec, 1216));
        ClientHello hello = read(hello().extension(KEY_SHARE, vector(2, shares)));
        assertThat(hello.sharesKey(KeyShareGroup.X25519)).isFalse();
        assertThat(hello.sharesKey(KeyShareGroup.X25519_MLKEM768)).isTrue();
    }

    @Test
    void handsOutTheKeyOfAGroup() {
        byte[] key = PatternStream.bytes(1, 1216);
        byte[] shares =
                concatenated(share(0x001d, 31), new byte[] {0x11, (byte) 0xec}, vector(2, key), share(0x17, 65));
        ClientHello hello = read(hello().extension(KEY_SHARE, vector(2, shares)));
        assertThat(hello.keyShare(KeyShareGroup.X25519_MLKEM768)).contains(key);
        assertThat(hello.keyShare(KeyShareGroup.X25519)).isEmpty();
    }

    @Test
    void sharesNoKeyWithoutTheExtension() {
        assertThat(read(hello()).sharesKey(KeyShareGroup.X25519)).isFalse();
        assertThat(read(hello()).keyShare(KeyShareGroup.X25519)).isEmpty();
    }

    @Test
    void keepsTheSpellingOfTheServerName() {
        assertThat(read(hello().extension(SNI, hostName("Example.ORG"))).serverName())
                .contains("Example.ORG");
    }

    @Test
    void readsAnUnsignedTimestamp() {
        byte[] key = {1};
        ClientHello zero = read(hello());
        byte[] record = zero.canonical();
        byte[] digest = HmacSha256.of(key, record);
        for (int i = 28; i < 32; i++) {
            digest[i] ^= (byte) 0xff;
        }
        System.arraycopy(digest, 0, record, Tls.RANDOM_OFFSET, digest.length);
        assertThat(Hellos.read(record).authenticate(key)).hasValue(0xffff_ffffL);
    }

    @Test
    void showsNothingOfTheClient() {
        assertThat(Hellos.read(Hellos.classic())).hasToString("ClientHello[517 bytes]");
    }

    /** Long enough that its length is no reason to reject it. */
    private static HelloBuilder hello() {
        return HelloBuilder.hello().extension(PADDING, new byte[100]);
    }

    private static ClientHello read(HelloBuilder builder) {
        return Hellos.read(builder.wire());
    }
}
