package io.github.mtgjava.testkit;

import static io.github.mtgjava.testkit.ClientVectors.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Obfuscated2CipherTest {
    private static final byte[] KEY = PatternStream.bytes(1, 16);

    static Stream<JsonObject> client() {
        return ClientVectors.all("obfuscated2_client");
    }

    static Stream<JsonObject> telegram() {
        return ClientVectors.all("obfuscated2_telegram");
    }

    @ParameterizedTest
    @MethodSource("client")
    void opensFramesOfClients(JsonObject vector) {
        Obfuscated2Cipher cipher = new Obfuscated2Cipher(bytes(vector, "frame"), bytes(vector, "secret16"));
        assertThat(cipher.hasValidTag()).isTrue();
        assertThat(cipher.tag()).isEqualTo(bytes(vector, "tag")[0]);
        assertThat(cipher.dc()).isEqualTo(vector.get("dc").getAsInt());
        assertThat(cipher.uplink().update(new byte[64])).isEqualTo(bytes(vector, "up_keystream_64_127"));
        assertThat(cipher.downlink().update(new byte[64])).isEqualTo(bytes(vector, "down_keystream_0_63"));
    }

    @ParameterizedTest
    @MethodSource("telegram")
    void opensFramesForTelegram(JsonObject vector) {
        Obfuscated2Cipher cipher = new Obfuscated2Cipher(bytes(vector, "frame"), Obfuscated2Cipher.NO_SECRET);
        assertThat(cipher.hasValidTag()).isTrue();
        assertThat(cipher.tag()).isEqualTo(bytes(vector, "tag")[0]);
        assertThat(cipher.uplink().update(bytes(vector, "up_cipher"))).isEqualTo(bytes(vector, "up_plain"));
        assertThat(cipher.downlink().update(bytes(vector, "telegram_down_plain")))
                .isEqualTo(bytes(vector, "telegram_down_wire"));
    }

    @Test
    void drawsFramesThatOpenAgain() {
        Random random = new Random(1);
        for (int dc : new int[] {1, 5, -4, 203, -203, 10_002, -10_003}) {
            byte[] frame = Obfuscated2Cipher.frame(random, ClientOptions.ABRIDGED, dc, KEY, true);
            Obfuscated2Cipher cipher = new Obfuscated2Cipher(frame, KEY);
            assertThat(cipher.hasValidTag()).isTrue();
            assertThat(cipher.tag()).isEqualTo(ClientOptions.ABRIDGED);
            assertThat(cipher.dc()).isEqualTo(dc);
            assertThat(new Obfuscated2Cipher(frame, Obfuscated2Cipher.NO_SECRET).hasValidTag())
                    .isFalse();
        }
    }

    @Test
    void avoidsForbiddenBeginningsOnlyOutsideFakeTls() {
        Random random = new Random(1);
        int forbidden = 0;
        for (int i = 0; i < 5000; i++) {
            byte[] filtered = Obfuscated2Cipher.frame(random, ClientOptions.PADDED, 2, KEY, true);
            assertThat(Obfuscated2Cipher.hasForbiddenBeginning(filtered)).isFalse();
            byte[] any = Obfuscated2Cipher.frame(random, ClientOptions.PADDED, 2, KEY, false);
            forbidden += Obfuscated2Cipher.hasForbiddenBeginning(any) ? 1 : 0;
        }
        assertThat(forbidden).isBetween(5, 60);
    }
}
