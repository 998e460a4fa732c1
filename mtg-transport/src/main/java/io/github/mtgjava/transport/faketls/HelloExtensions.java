package io.github.mtgjava.transport.faketls;

import io.github.mtgjava.crypto.MlKem768;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.crypto.X25519;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The extensions of a ClientHello like those of Telegram's clients, which are those of a browser: in an order drawn anew for
 * every hello, between two GREASE ones.
 */
final class HelloExtensions {

    private static final int SECP256R1 = 0x0017;
    private static final int SECP384R1 = 0x0018;

    /** The outer form of an ECH extension (type, KDF and AEAD), with made-up contents as for servers without ECH. */
    private static final String ECH_HEADER = "0000010001";

    private static final int SHORTEST_ECH_BYTES = 144;
    private static final int ECH_STEP_BYTES = 32;

    private static final String ALPN_H2_HTTP_1_1 = "000c02683208687474702f312e31";
    private static final String SIGNATURE_ALGORITHMS = "001609040905090604030804040105030805050108060601";

    private final String host;
    private final RandomSource random;
    private final int groupGrease;

    HelloExtensions(String host, RandomSource random) {
        this.host = host;
        this.random = random;
        this.groupGrease = grease(random);
    }

    /** One of the sixteen values that mean nothing (RFC 8701). */
    static int grease(RandomSource random) {
        return 0x0a0a + 0x1010 * random.between(0, 15);
    }

    void write(TlsOutput out) {
        int first = grease(random);
        int last = grease(random);
        out.extension(first, none -> {});
        shuffled().forEach(extension -> extension.accept(out));
        // No type may occur twice.
        out.extension(last == first ? last ^ 0x1010 : last, one -> one.u8(0));
    }

    private List<Consumer<TlsOutput>> shuffled() {
        List<Consumer<TlsOutput>> left = inner();
        List<Consumer<TlsOutput>> shuffled = new ArrayList<>();
        while (!left.isEmpty()) {
            shuffled.add(left.remove(random.between(0, left.size() - 1)));
        }
        return shuffled;
    }

    private List<Consumer<TlsOutput>> inner() {
        List<Consumer<TlsOutput>> inner = new ArrayList<>();
        inner.add(out -> out.extension(Tls.EXTENSION_SERVER_NAME, this::serverName));
        inner.add(out -> out.extension(Tls.EXTENSION_KEY_SHARE, shares -> shares.vector(this::keyShares)));
        inner.add(out -> out.extension(
                Tls.EXTENSION_SUPPORTED_VERSIONS,
                it -> it.u8(6).u16(grease(random)).hex("03040303")));
        inner.add(fixed(0x0005, "0100000000")); // status_request: OCSP
        inner.add(out -> out.extension(0x000a, it -> it.vector(this::groups)));
        inner.add(fixed(0x000b, "0100")); // ec_point_formats: uncompressed
        inner.add(fixed(0x000d, SIGNATURE_ALGORITHMS));
        inner.add(fixed(0x0010, ALPN_H2_HTTP_1_1));
        inner.add(fixed(0x0012, "")); // signed_certificate_timestamp
        inner.add(fixed(0x0017, "")); // extended_master_secret
        inner.add(fixed(0x001b, "020002")); // compress_certificate: brotli
        inner.add(fixed(0x0023, "")); // session_ticket
        inner.add(fixed(0x002d, "0101")); // psk_key_exchange_modes: with (EC)DHE
        inner.add(fixed(0x44cd, "0003026832")); // application_settings: h2
        inner.add(fixed(0xff01, "00")); // renegotiation_info
        inner.add(out -> out.extension(0xfe0d, this::encryptedClientHello));
        return inner;
    }

    private static Consumer<TlsOutput> fixed(int type, String content) {
        return out -> out.extension(type, it -> it.hex(content));
    }

    private void serverName(TlsOutput out) {
        out.vector(names -> names.u8(0).vector(name -> name.bytes(host.getBytes(StandardCharsets.US_ASCII))));
    }

    private void groups(TlsOutput out) {
        out.u16(groupGrease).u16(KeyShareGroup.X25519_MLKEM768.code());
        out.u16(KeyShareGroup.X25519.code()).u16(SECP256R1).u16(SECP384R1);
    }

    private void keyShares(TlsOutput out) {
        out.u16(groupGrease).vector(share -> share.u8(0));
        out.u16(KeyShareGroup.X25519_MLKEM768.code());
        out.vector(share -> share.bytes(MlKem768.randomPublicKey(random)).bytes(X25519.randomPublicKey(random)));
        out.u16(KeyShareGroup.X25519.code()).vector(share -> share.bytes(X25519.randomPublicKey(random)));
    }

    private void encryptedClientHello(TlsOutput out) {
        int payload = SHORTEST_ECH_BYTES + ECH_STEP_BYTES * random.between(0, 3);
        out.hex(ECH_HEADER).u8(random.between(0, 255));
        out.vector(key -> key.bytes(X25519.randomPublicKey(random)));
        out.vector(text -> text.bytes(random.bytes(payload)));
    }
}
