package io.github.mtgjava.examples.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Mac;

/**
 * Makes ClientHellos of the size and shape of current clients: a post-quantum key share of 1216 bytes beside the X25519
 * one. The extensions' order is fixed, since every hello is a copy of one template with new random parts.
 */
final class HelloMaker {

    private static final int SESSION_ID_OFFSET = 44;
    private static final int SESSION_ID_LENGTH = 32;
    private static final int MLKEM_SHARE_LENGTH = 1216;
    private static final int X25519_SHARE_LENGTH = 32;
    private static final String SUITES = "1301 1302 1303 c02b c02f c02c c030 cca9 cca8 c013 c014 009c 009d 002f 0035";

    private final Random random;
    private final Mac mac;
    private final byte[] template;
    private final int mlkemShare;
    private final int x25519Share;

    /** Makes hellos that name the host and are authenticated with the key. */
    HelloMaker(Random random, byte[] secretKey, String host) {
        this.random = random;
        this.mac = Tls.hmac(secretKey);
        ByteBuffer out = ByteBuffer.allocate(4096);
        hex(out, "16 0301");
        int record = begin(out);
        hex(out, "01 00");
        int message = begin(out);
        hex(out, "0303").put(new byte[Tls.RANDOM_LENGTH]);
        hex(out, "20").put(new byte[SESSION_ID_LENGTH]);
        vector(out, SUITES);
        hex(out, "01 00");
        int extensions = begin(out);
        serverName(out, host);
        extension(out, "0005", "01 0000 0000");
        extension(out, "000a", "0008 11ec 001d 0017 0018");
        extension(out, "000b", "01 00");
        extension(out, "000d", "0010 0403 0804 0401 0503 0805 0501 0806 0601");
        extension(out, "0010", "000c 02 6832 08 687474702f312e31");
        extension(out, "0012", "");
        extension(out, "0017", "");
        extension(out, "001b", "02 0002");
        extension(out, "0023", "");
        extension(out, "002b", "04 0304 0303");
        extension(out, "002d", "01 01");
        hex(out, "0033");
        int keyShare = begin(out);
        int shares = begin(out);
        hex(out, "11ec 04c0");
        mlkemShare = out.position();
        out.put(new byte[MLKEM_SHARE_LENGTH]);
        hex(out, "001d 0020");
        x25519Share = out.position();
        out.put(new byte[X25519_SHARE_LENGTH]);
        end(out, shares);
        end(out, keyShare);
        extension(out, "ff01", "00");
        end(out, extensions);
        end(out, message);
        end(out, record);
        template = Arrays.copyOf(out.array(), out.position());
    }

    /** A new hello, as one record. */
    byte[] make(long unixSeconds) {
        byte[] hello = template.clone();
        fill(hello, SESSION_ID_OFFSET, SESSION_ID_LENGTH);
        fill(hello, mlkemShare, MLKEM_SHARE_LENGTH);
        fill(hello, x25519Share, X25519_SHARE_LENGTH);
        byte[] digest = mac.doFinal(hello);
        for (int i = 0; i < 4; i++) {
            digest[Tls.RANDOM_LENGTH - 4 + i] ^= (byte) (unixSeconds >> (8 * i));
        }
        System.arraycopy(digest, 0, hello, Tls.RANDOM_OFFSET, Tls.RANDOM_LENGTH);
        return hello;
    }

    private void fill(byte[] hello, int offset, int length) {
        byte[] drawn = new byte[length];
        random.nextBytes(drawn);
        System.arraycopy(drawn, 0, hello, offset, length);
    }

    private static void serverName(ByteBuffer out, String host) {
        hex(out, "0000");
        int extension = begin(out);
        int names = begin(out);
        hex(out, "00");
        int name = begin(out);
        out.put(host.getBytes(US_ASCII));
        end(out, name);
        end(out, names);
        end(out, extension);
    }

    private static void extension(ByteBuffer out, String type, String body) {
        hex(out, type);
        vector(out, body);
    }

    private static void vector(ByteBuffer out, String body) {
        int start = begin(out);
        hex(out, body);
        end(out, start);
    }

    private static ByteBuffer hex(ByteBuffer out, String digits) {
        return out.put(HexFormat.of().parseHex(digits.replace(" ", "")));
    }

    /** Leaves two bytes for the length of what follows, up to {@link #end}. */
    private static int begin(ByteBuffer out) {
        out.putShort((short) 0);
        return out.position();
    }

    private static void end(ByteBuffer out, int start) {
        out.putShort(start - 2, (short) (out.position() - start));
    }
}
