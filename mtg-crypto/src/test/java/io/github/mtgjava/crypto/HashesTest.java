package io.github.mtgjava.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HashesTest {

    @Test
    void hashesTheFipsExamples() {
        assertThat(Sha256.of(ascii("abc")))
                .isEqualTo(hex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        assertThat(Sha256.of()).isEqualTo(hex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    }

    /** RFC 1321, A.5 and RFC 3174, 7.3. */
    @Test
    void hashesPartsOfArraysWithTheOldDigests() {
        byte[] around = ascii("xabcy");
        assertThat(Md5.of(around, 1, 3)).isEqualTo(hex("900150983cd24fb0d6963f7d28e17f72"));
        assertThat(Sha1.of(around, 1, 3)).isEqualTo(hex("a9993e364706816aba3e25717850c26c9cd0d89d"));
        assertThat(Md5.of(around, 0, 0)).hasSize(Md5.BYTES);
        assertThat(Sha1.of(around, 0, 0)).hasSize(Sha1.BYTES);
    }

    @Test
    void hashesPartsLikeTheirConcatenation() {
        assertThat(Sha256.of(ascii("a"), new byte[0], ascii("bc"))).isEqualTo(Sha256.of(ascii("abc")));
        byte[] key = ascii("key");
        assertThat(HmacSha256.of(key, ascii("a"), new byte[0], ascii("bc")))
                .isEqualTo(HmacSha256.of(key, ascii("abc")));
    }

    /** RFC 4231, 4.2. */
    @Test
    void authenticatesWithAShortKey() {
        assertThat(HmacSha256.of(filled(20, 0x0b), ascii("Hi There")))
                .isEqualTo(hex("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"));
    }

    /** RFC 4231, 4.3. */
    @Test
    void authenticatesWithAKeyShorterThanTheDigest() {
        assertThat(HmacSha256.of(ascii("Jefe"), ascii("what do ya want for nothing?")))
                .isEqualTo(hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
    }

    /** RFC 4231, 4.4. */
    @Test
    void authenticatesBinaryData() {
        assertThat(HmacSha256.of(filled(20, 0xaa), filled(50, 0xdd)))
                .isEqualTo(hex("773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"));
    }

    /** RFC 4231, 4.7. */
    @Test
    void authenticatesWithAKeyLongerThanABlock() {
        assertThat(HmacSha256.of(filled(131, 0xaa), ascii("Test Using Larger Than Block-Size Key - Hash Key First")))
                .isEqualTo(hex("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
    }

    @Test
    void refusesAnEmptyKey() {
        assertThatIllegalArgumentException().isThrownBy(() -> HmacSha256.of(new byte[0], ascii("x")));
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
