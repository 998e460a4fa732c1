package io.github.mtgjava.transport.faketls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.transport.faketls.ClientHelloReader.Status;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Hostile input never throws, and what is accepted can be asked everything. */
class ClientHelloMutationTest {

    private static final int ROUNDS = 50_000;
    private static final byte[] KEY = new byte[16];
    private static final List<byte[]> SEEDS = Hellos.wellFormed();

    private final Random random = new Random(0x7f);

    @Test
    void survivesMutatedHellos() {
        int complete = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] mutant = mutated(SEEDS.get(random.nextInt(SEEDS.size())));
            complete += survives(mutant) == Status.COMPLETE ? 1 : 0;
        }
        // Else the mutations would be too coarse to get past the first checks.
        assertThat(complete).isBetween(ROUNDS / 20, ROUNDS - ROUNDS / 20);
    }

    @Test
    void survivesGarbageBehindAGoodBeginning() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] seed = SEEDS.get(random.nextInt(SEEDS.size()));
            byte[] garbage = new byte[random.nextInt(400)];
            random.nextBytes(garbage);
            int kept = Math.min(garbage.length, random.nextInt(120));
            System.arraycopy(seed, 0, garbage, 0, kept);
            survives(garbage);
        }
    }

    private Status survives(byte[] wire) {
        ByteBuffer raw = ByteBuffer.wrap(wire).asReadOnlyBuffer();
        ClientHelloReader reader = new ClientHelloReader();
        Status status = reader.read(raw);
        if (status != Status.COMPLETE) {
            assertThat(raw.position()).isZero();
            return status;
        }
        ClientHello hello = reader.hello();
        assertThat(hello.sessionId().length).isLessThanOrEqualTo(32);
        assertThat(hello.serverName().orElse("none")).isNotEmpty();
        assertThat(hello.cipherSuites().size())
                .isGreaterThanOrEqualTo(hello.preferredTls13Suite().isPresent() ? 1 : 0);
        assertThat(hello.sharesKey(KeyShareGroup.X25519)).isIn(true, false);
        assertThat(hello.authenticate(KEY)).isEmpty();
        return status;
    }

    /** Some bytes flipped, set to a likely length, cut out, doubled, or cut off. */
    private byte[] mutated(byte[] seed) {
        byte[] mutant = seed.clone();
        for (int mutations = 1 + random.nextInt(3); mutations > 0 && mutant.length > 0; mutations--) {
            int at = random.nextInt(random.nextBoolean() ? mutant.length : Math.min(200, mutant.length));
            int length = Math.min(random.nextInt(8), mutant.length - at);
            mutant = switch (random.nextInt(6)) {
                case 0 -> Arrays.copyOf(mutant, at);
                case 1 ->
                    HelloBuilder.concatenated(
                            Arrays.copyOf(mutant, at), Arrays.copyOfRange(mutant, at + length, mutant.length));
                case 2 ->
                    HelloBuilder.concatenated(
                            Arrays.copyOf(mutant, at + length), Arrays.copyOfRange(mutant, at, mutant.length));
                case 3 -> with(mutant, at, (byte) (random.nextBoolean() ? 0xff : 0));
                case 4 -> with(mutant, at, (byte) (mutant[at] + random.nextInt(5) - 2));
                default -> with(mutant, at, (byte) (mutant[at] ^ 1 << random.nextInt(8)));
            };
        }
        return mutant;
    }

    private static byte[] with(byte[] bytes, int at, byte value) {
        bytes[at] = value;
        return bytes;
    }
}
