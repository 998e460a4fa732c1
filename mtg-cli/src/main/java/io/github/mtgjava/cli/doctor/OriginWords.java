package io.github.mtgjava.cli.doctor;

import io.github.mtgjava.internal.probe.OriginAnswer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Puts a site's first flight into words. */
final class OriginWords {

    private static final int X25519_MLKEM768 = 0x11ec;

    private static final Map<Integer, String> GROUPS = Map.of(
            0x0017,
            "secp256r1",
            0x0018,
            "secp384r1",
            0x0019,
            "secp521r1",
            0x001d,
            "x25519",
            X25519_MLKEM768,
            "X25519MLKEM768");

    private OriginWords() {}

    /** For a server of TLS 1.3: the group, and the sizes of the records that the proxy imitates. */
    static String of(OriginAnswer answer) {
        StringBuilder text = new StringBuilder("speaks TLS 1.3 with ")
                .append(GROUPS.getOrDefault(answer.group(), String.format("group %04x", answer.group())));
        if (answer.helloRetryRequest()) {
            text.append(" after asking again");
        }
        List<Integer> records = answer.encryptedRecords();
        if (!records.isEmpty()) {
            text.append(records.size() == 1 ? ", one record of " : ", records of ")
                    .append(records.stream().map(String::valueOf).collect(Collectors.joining(", ")))
                    .append(" bytes");
        }
        if (records.size() > 1) {
            text.append(" (clients accept exactly one, so their number cannot be imitated)");
        }
        if (answer.group() != X25519_MLKEM768) {
            text.append("; a site with X25519MLKEM768 is less conspicuous");
        }
        return text.toString();
    }
}
