package io.github.mtgjava.cli.doctor;

import io.github.mtgjava.Secret;
import io.github.mtgjava.SecretType;
import java.util.List;
import java.util.Set;

/** Whether the secret is one that nobody else can guess: scanners try those that stand in documents. */
final class SecretCheck implements Check {

    private static final String NAME = "secret";
    private static final int MIN_DISTINCT_BYTES = 8;
    private static final String ADVICE = ": everybody can use this proxy and tell what it is; make a new one with"
            + " 'mtg-cli generate-secret tls'";

    /** Keys that stand in documents of proxies. */
    private static final Set<String> PUBLISHED = Set.of(
            "d0d6e111bada5511fcce9584deadbeef",
            "00112233445566778899aabbccddeeff",
            "0123456789abcdef0123456789abcdef",
            "fedcba9876543210fedcba9876543210",
            "ffeeddccbbaa99887766554433221100");

    private final Secret secret;

    SecretCheck(Secret secret) {
        this.secret = secret;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Finding> run() {
        byte[] key = secret.key();
        if (PUBLISHED.contains(secret.keyHex())) {
            return List.of(Finding.fail(NAME, "it stands in public documents" + ADVICE));
        }
        if (isSequence(key, 0xff) || isSequence(nibbles(key), 0xf)) {
            return List.of(Finding.fail(NAME, "it is a sequence, easily guessed" + ADVICE));
        }
        if (distinct(key) < MIN_DISTINCT_BYTES) {
            return List.of(Finding.fail(NAME, "it has too little randomness, so it can be guessed" + ADVICE));
        }
        return List.of(Finding.ok(NAME, praise()));
    }

    private String praise() {
        return switch (secret.type()) {
            case TLS -> "of kind tls, and looks random";
            case SECURED, SIMPLE ->
                "of kind " + (secret.type() == SecretType.SIMPLE ? "simple" : "secured")
                        + ", and looks random; tls hides the proxy better ('mtg-cli generate-secret tls')";
        };
    }

    /** Whether the difference of neighbours is the same everywhere, which includes repetition. */
    private static boolean isSequence(byte[] values, int mask) {
        int step = values[1] - values[0] & mask;
        if (step > 1 && step < mask) {
            return false;
        }
        for (int i = 2; i < values.length; i++) {
            if ((values[i] - values[i - 1] & mask) != step) {
                return false;
            }
        }
        return true;
    }

    private static byte[] nibbles(byte[] key) {
        byte[] nibbles = new byte[key.length * 2];
        for (int i = 0; i < key.length; i++) {
            nibbles[2 * i] = (byte) (key[i] >> 4 & 0xf);
            nibbles[2 * i + 1] = (byte) (key[i] & 0xf);
        }
        return nibbles;
    }

    private static long distinct(byte[] key) {
        boolean[] seen = new boolean[256];
        int count = 0;
        for (byte value : key) {
            count += seen[value & 0xff] ? 0 : 1;
            seen[value & 0xff] = true;
        }
        return count;
    }
}
