package io.github.mtgjava.prober;

import static io.github.mtgjava.prober.Bytes.ascii;
import static io.github.mtgjava.prober.Bytes.first;
import static io.github.mtgjava.prober.Bytes.hex;
import static io.github.mtgjava.prober.Bytes.join;
import static io.github.mtgjava.prober.Bytes.pieces;
import static io.github.mtgjava.prober.Bytes.rest;
import static io.github.mtgjava.prober.Bytes.u16;
import static io.github.mtgjava.prober.Bytes.vector;
import static io.github.mtgjava.prober.Step.drip;
import static io.github.mtgjava.prober.Step.finish;
import static io.github.mtgjava.prober.Step.send;

import java.util.ArrayList;
import java.util.List;

/** Whole ClientHellos of visitors who do not know the secret. */
final class HelloProbes {

    private static final String HOST = ProbedProxy.HOST;
    private static final HelloShape ORDINARY = HelloShape.ofTls13(HOST);

    private HelloProbes() {}

    static List<Probe> all(byte[] forged) {
        List<Probe> probes = new ArrayList<>();
        probes.addAll(versions());
        probes.addAll(oddities());
        probes.addAll(ways(forged));
        return probes;
    }

    private static List<Probe> versions() {
        List<Probe> probes = new ArrayList<>();
        for (int minor = 0; minor <= 3; minor++) {
            int version = 0x0300 + minor;
            String name = minor == 0 ? "SSL 3.0" : "TLS 1." + (minor - 1);
            probes.add(Probe.of(
                    name + ", SNI", send(HelloShape.ofVersion(version, HOST).record())));
            probes.add(Probe.of(
                    name + ", no SNI", send(HelloShape.ofVersion(version, "").record())));
        }
        probes.add(Probe.of("TLS 1.3, SNI", send(ORDINARY.record())));
        probes.add(Probe.of("TLS 1.3, no SNI", send(HelloShape.ofTls13("").record())));
        probes.add(Probe.of(
                "TLS 1.3, another SNI",
                send(HelloShape.ofTls13("www.example.org").record())));
        probes.add(Probe.of(
                "TLS 1.3, an address as SNI",
                send(HelloShape.ofTls13("127.0.0.1").record())));
        return probes;
    }

    private static List<Probe> oddities() {
        return List.of(
                Probe.of(
                        "a version from the future",
                        send(HelloShape.ofVersion(0x0399, HOST).record())),
                Probe.of(
                        "another major version",
                        send(HelloShape.ofVersion(0x0505, HOST).record())),
                Probe.of("record version 3.0", send(ORDINARY.inRecordOf(0x0300).record())),
                Probe.of("record version 3.3", send(ORDINARY.inRecordOf(0x0303).record())),
                Probe.of("record version 3.9", send(ORDINARY.inRecordOf(0x0309).record())),
                Probe.of("record version 9.1", send(ORDINARY.inRecordOf(0x0901).record())),
                Probe.of(
                        "SSL 2.0",
                        send(hex("802e0100020015000000100100800200800300800400800500800600400700c0"
                                + "00112233445566778899aabbccddeeff"))),
                Probe.of(
                        "unknown cipher suites only",
                        send(ORDINARY.withSuites("fafb").record())),
                Probe.of("no cipher suites", send(ORDINARY.withSuites("").record())),
                Probe.of("half a cipher suite", send(ORDINARY.withSuites("13").record())),
                Probe.of("the message ends too early", send(shortened())),
                Probe.of("a hello of two bytes", send(hex("16030100060100000203030000"))),
                Probe.of("a ServerHello", send(serverHello())));
    }

    /** The record and the message say so, but the extensions are missing. */
    private static byte[] shortened() {
        byte[] message = first(ORDINARY.message(), 120);
        message[3] = 116;
        message[2] = 0;
        return join(hex("160301"), vector(message));
    }

    private static byte[] serverHello() {
        byte[] record = ORDINARY.record();
        record[5] = 2;
        return record;
    }

    private static List<Probe> ways(byte[] forged) {
        byte[] message = ORDINARY.message();
        return List.of(
                Probe.of("a forged digest", send(forged)),
                Probe.of("a forged digest, then FIN", send(forged), finish()),
                Probe.of("a forged digest, in small segments", send(pieces(forged, 97))),
                Probe.of("a forged digest, byte by byte", drip(forged)),
                Probe.of("a forged digest, HTTP behind it", send(join(forged, HttpProbes.get()))),
                Probe.of("a forged digest, then HTTP", send(forged, HttpProbes.get())),
                Probe.of("a forged digest, garbage behind it", send(join(forged, Bytes.noise(500)))),
                Probe.of("a forged digest, twice", send(join(forged, forged))),
                Probe.of("a hello in two records", send(inRecords(message, message.length / 2))),
                Probe.of("a hello in many records", send(inRecords(message, 16))),
                Probe.of("a hello in records of one byte", send(inRecords(message, 1))),
                Probe.of("a hello in two records, the second one late", secondLate(message)),
                Probe.of("a hello in two records, an alert between", send(interrupted(message, "15030100020100"))),
                Probe.of("a hello in two records, an empty one between", send(interrupted(message, "1603010000"))),
                Probe.of("a hello in two records of different versions", send(interrupted(message, ""))),
                Probe.of(
                        "a hello of 16 KB",
                        send(HelloShape.ofTls13("a".repeat(16_000)).record())),
                Probe.of("a hello of 16 KB, in records", send(inRecords(longMessage(), 4_000))),
                Probe.of("a hello behind an HTTP line", send(join(ascii("GET "), forged))));
    }

    /** Longer than the proxy would ever take of a client. */
    private static byte[] longMessage() {
        return HelloShape.ofTls13("a".repeat(17_000)).message();
    }

    private static Step secondLate(byte[] message) {
        byte[] whole = inRecords(message, message.length / 2 + 1);
        int half = message.length / 2 + 6;
        return wire -> {
            wire.send(first(whole, half));
            wire.passDeadline();
            wire.send(rest(whole, half));
        };
    }

    private static byte[] interrupted(byte[] message, String between) {
        int half = message.length / 2;
        return join(
                hex("160301"),
                vector(first(message, half)),
                hex(between),
                hex("160303"),
                u16(message.length - half),
                rest(message, half));
    }

    private static byte[] inRecords(byte[] message, int length) {
        byte[][] pieces = pieces(message, length);
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = join(hex("160301"), vector(pieces[i]));
        }
        return join(pieces);
    }
}
