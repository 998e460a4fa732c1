package io.github.mtgjava.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Makes ClientHellos in the shape of Telegram's clients. The key shares are random bytes: nobody derives a key from
 * them.
 */
final class ClientHelloMaker {
    static final int X25519 = 0x001d;
    static final int X25519_MLKEM768 = 0x11ec;

    private static final List<Integer> SUITES = List.of(
            0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013, 0xc014, 0x009c, 0x009d,
            0x002f, 0x0035);
    private static final int CLASSIC_LENGTH = 517;
    private static final int PADDING_HEADER_LENGTH = 4;

    private final Random random;
    private final boolean modern;
    private final String host;

    private ClientHelloMaker(Random random, HelloStyle style, String host) {
        this.random = random;
        this.modern = style == HelloStyle.MODERN;
        this.host = host;
    }

    /** Returns a hello that names {@code host}; its random field waits for {@link ClientHello#authenticate}. */
    static ClientHello make(Random random, HelloStyle style, String host) {
        return new ClientHelloMaker(random, style, host).make();
    }

    private ClientHello make() {
        byte[] sessionId = TlsWriter.write(out -> out.random(random, 32));
        int suiteGrease = grease();
        List<byte[]> extensions = extensions();
        byte[] record = assemble(sessionId, suiteGrease, extensions);
        if (!modern) {
            int padding = CLASSIC_LENGTH - record.length - PADDING_HEADER_LENGTH;
            if (padding < 0) {
                throw new IllegalArgumentException("the host does not fit a classic hello: " + host);
            }
            extensions.add(extension(0x0015, out -> out.bytes(new byte[padding])));
            record = assemble(sessionId, suiteGrease, extensions);
        }
        return new ClientHello(record, SUITES, modern ? List.of(X25519_MLKEM768, X25519) : List.of(X25519));
    }

    private static byte[] assemble(byte[] sessionId, int suiteGrease, List<byte[]> extensions) {
        byte[] body = TlsWriter.write(out -> out.u16(0x0303)
                .bytes(new byte[ClientHello.RANDOM_LENGTH])
                .u8(sessionId.length)
                .bytes(sessionId)
                .vector(suites -> {
                    suites.u16(suiteGrease);
                    SUITES.forEach(suites::u16);
                })
                .hex("0100")
                .vector(all -> extensions.forEach(all::bytes)));
        return TlsWriter.write(out -> out.hex("160301")
                .vector(message -> message.u8(1).u24(body.length).bytes(body)));
    }

    private List<byte[]> extensions() {
        int groupGrease = grease();
        int firstGrease = grease();
        List<byte[]> inner = new ArrayList<>();
        inner.add(extension(
                0x0000, out -> out.vector(names -> names.u8(0).vector(name -> name.bytes(host.getBytes(US_ASCII))))));
        inner.add(extension(0x0005, out -> out.hex("0100000000")));
        inner.add(extension(0x000a, out -> out.vector(groups -> groups(groups, groupGrease))));
        inner.add(extension(0x000b, out -> out.hex("0100")));
        inner.add(extension(0x000d, out -> out.vector(this::signatureAlgorithms)));
        inner.add(extension(0x0010, out -> out.hex("000c02683208687474702f312e31")));
        inner.add(extension(0x0012, out -> {}));
        inner.add(extension(0x0017, out -> {}));
        inner.add(extension(0x001b, out -> out.hex("020002")));
        inner.add(extension(0x0023, out -> {}));
        inner.add(extension(0x002b, out -> out.u8(6).u16(grease()).hex("03040303")));
        inner.add(extension(0x002d, out -> out.hex("0101")));
        inner.add(extension(0x0033, out -> out.vector(shares -> keyShares(shares, groupGrease))));
        inner.add(extension(0x44cd, out -> out.hex("0003026832")));
        inner.add(extension(0xff01, out -> out.hex("00")));
        if (modern) {
            inner.add(extension(0xfe0d, this::encryptedClientHello));
            Collections.shuffle(inner, random);
        }
        inner.add(0, extension(firstGrease, out -> {}));
        inner.add(extension(otherGrease(firstGrease), out -> out.u8(0)));
        return inner;
    }

    private void groups(TlsWriter out, int groupGrease) {
        out.u16(groupGrease);
        if (modern) {
            out.u16(X25519_MLKEM768);
        }
        out.u16(X25519).u16(0x0017).u16(0x0018);
    }

    private void signatureAlgorithms(TlsWriter out) {
        if (modern) {
            out.hex("090409050906");
        }
        out.hex("04030804040105030805050108060601");
    }

    private void keyShares(TlsWriter out, int groupGrease) {
        out.u16(groupGrease).vector(share -> share.u8(0));
        if (modern) {
            out.u16(X25519_MLKEM768).vector(share -> share.random(random, 1184).bytes(publicKey()));
        }
        out.u16(X25519).vector(share -> share.bytes(publicKey()));
    }

    /** An outer ClientHello of the ECH draft with made-up contents, as browsers send it to servers without ECH. */
    private void encryptedClientHello(TlsWriter out) {
        int payload = 144 + 32 * random.nextInt(4);
        out.hex("0000010001")
                .u8(random.nextInt(256))
                .vector(key -> key.bytes(publicKey()))
                .vector(text -> text.random(random, payload));
    }

    /** The top bit of an X25519 public key is always zero. */
    private byte[] publicKey() {
        byte[] key = TlsWriter.write(out -> out.random(random, 32));
        key[31] &= 0x7f;
        return key;
    }

    private int grease() {
        return 0x0a0a + 0x1010 * random.nextInt(16);
    }

    private int otherGrease(int taken) {
        int drawn = grease();
        return drawn == taken ? drawn ^ 0x1010 : drawn;
    }

    private static byte[] extension(int type, Consumer<TlsWriter> content) {
        return TlsWriter.write(out -> out.extension(type, content));
    }
}
