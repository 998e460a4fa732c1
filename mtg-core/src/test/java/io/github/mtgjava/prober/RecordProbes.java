package io.github.mtgjava.prober;

import static io.github.mtgjava.prober.Bytes.hex;
import static io.github.mtgjava.prober.Bytes.join;
import static io.github.mtgjava.prober.Bytes.noise;
import static io.github.mtgjava.prober.Step.finish;
import static io.github.mtgjava.prober.Step.send;

import java.util.ArrayList;
import java.util.List;

/** TLS records that nobody begins with, and noise. */
final class RecordProbes {

    private static final int[] NOISE_BYTES = {1, 4, 5, 11, 64, 517, 5_000};

    /** More than a server reads at a time. */
    private static final int MUCH_NOISE_BYTES = 40_000;

    private RecordProbes() {}

    static List<Probe> all() {
        List<Probe> probes = new ArrayList<>(records());
        for (int length : NOISE_BYTES) {
            probes.add(named("noise", length, send(notTls(length))));
            probes.add(named("noise, then FIN", length, send(notTls(length)), finish()));
            probes.add(named("zeros", length, send(new byte[length])));
            probes.add(named("noise in a handshake record", length, send(handshakeRecord(length))));
        }
        probes.add(Probe.of("much noise", send(notTls(MUCH_NOISE_BYTES))));
        probes.add(Probe.of("much noise in a handshake record", send(handshakeRecord(MUCH_NOISE_BYTES))));
        return probes;
    }

    private static List<Probe> records() {
        byte[] hello = HelloShape.ofTls13(ProbedProxy.HOST).record();
        return List.of(
                Probe.of("a fatal alert", send(hex("15030100020228"))),
                Probe.of("close_notify", send(hex("15030100020100"))),
                Probe.of("close_notify, then FIN", send(hex("15030100020100")), finish()),
                Probe.of("an alert, then a hello", send(join(hex("15030100020100"), hello))),
                Probe.of("ChangeCipherSpec", send(hex("140303000101"))),
                Probe.of("ChangeCipherSpec, then a hello", send(join(hex("140303000101"), hello))),
                Probe.of("application data", send(join(hex("170303"), Bytes.vector(noise(40))))),
                Probe.of("a heartbeat", send(join(hex("180302"), Bytes.vector(hex("014000"))))),
                Probe.of("a record of unknown type", send(join(hex("630301"), Bytes.vector(noise(40))))),
                Probe.of("an empty record", send(hex("1603010000"))),
                Probe.of("an empty record, then a hello", send(join(hex("1603010000"), hello))),
                Probe.of("many empty records", send(hex("1603010000".repeat(40)))),
                Probe.of("a record of 16385 bytes", send(join(hex("1603014001010040"), hex("00"), noise(16_381)))),
                Probe.of("a record of 18433 bytes, the header", send(hex("1603014801"))),
                Probe.of("a record of 65535 bytes, the header", send(hex("160301ffff"))),
                Probe.of("a record of 65535 bytes, half of it", send(join(hex("160301ffff0100"), noise(30_000)))),
                Probe.of("a hello longer than its record says", send(longerThanItsRecord(hello))),
                Probe.of("a hello shorter than its record says", send(shorterThanItsRecord(hello))),
                Probe.of("a message of 16 MB, the header", send(hex("160301400001ffffff"))));
    }

    private static byte[] longerThanItsRecord(byte[] hello) {
        byte[] changed = hello.clone();
        changed[4] -= 10;
        return changed;
    }

    private static byte[] shorterThanItsRecord(byte[] hello) {
        byte[] changed = join(hello, noise(10));
        changed[4] += 10;
        return changed;
    }

    private static byte[] handshakeRecord(int length) {
        return join(hex("160301"), Bytes.vector(notTls(length)));
    }

    private static Probe named(String row, int length, Step... steps) {
        return new Probe(row, length + " bytes", List.of(steps));
    }

    /** Noise that does not begin like a handshake record, and not like SSL 2.0. */
    private static byte[] notTls(int length) {
        byte[] noise = noise(length);
        noise[0] = 0x2a;
        return noise;
    }
}
