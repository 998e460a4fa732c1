package io.github.mtgjava.internal.cloak;

import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.internal.probe.OriginAnswer;
import io.github.mtgjava.transport.faketls.ExtensionOrder;
import io.github.mtgjava.transport.faketls.KeyShareGroup;
import io.github.mtgjava.transport.faketls.RecordSlots;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the first flight of the cloaked site looks like to a client like Telegram's: ours is to look the same.
 *
 * @param cipherSuite the suite that the site chose
 * @param group the group that it chose, by its number in TLS
 * @param order which extension of its ServerHello comes first
 * @param encryptedBytes sizes of all that is encrypted in its flight, as they were seen one after the other: where signatures
 *     vary in length, so do they
 */
record OriginProfile(int cipherSuite, int group, ExtensionOrder order, List<Integer> encryptedBytes) {

    OriginProfile {
        encryptedBytes = List.copyOf(encryptedBytes);
        if (encryptedBytes.isEmpty()) {
            throw new IllegalArgumentException("no size of the encrypted part");
        }
    }

    /** The profile that these answers to several hellos make; empty if the site does not finish such a handshake. */
    static Optional<OriginProfile> of(List<OriginAnswer> answers) {
        List<Integer> sizes = new ArrayList<>();
        for (OriginAnswer answer : answers) {
            int size = answer.encryptedRecords().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            if (!answer.tls13() || answer.helloRetryRequest() || size == 0) {
                return Optional.empty();
            }
            // Clients accept exactly one record.
            sizes.add(Math.min(size, RecordSlots.MAX_PAYLOAD));
        }
        OriginAnswer last = answers.get(answers.size() - 1);
        return Optional.of(new OriginProfile(last.cipherSuite(), last.group(), last.extensionOrder(), sizes));
    }

    /** Whether the site chose the group that has ML-KEM in it. */
    boolean isHybrid() {
        return group == KeyShareGroup.X25519_MLKEM768.code();
    }

    /** A size as the site's, each as often as it was seen. */
    int drawEncryptedBytes(RandomSource random) {
        return encryptedBytes.get(random.between(0, encryptedBytes.size() - 1));
    }
}
