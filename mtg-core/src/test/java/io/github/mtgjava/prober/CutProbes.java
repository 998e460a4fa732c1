package io.github.mtgjava.prober;

import static io.github.mtgjava.prober.Bytes.first;
import static io.github.mtgjava.prober.Bytes.rest;
import static io.github.mtgjava.prober.Step.finish;
import static io.github.mtgjava.prober.Step.insist;
import static io.github.mtgjava.prober.Step.listen;
import static io.github.mtgjava.prober.Step.passDeadline;
import static io.github.mtgjava.prober.Step.resetAndConnectAgain;
import static io.github.mtgjava.prober.Step.send;

import java.util.ArrayList;
import java.util.List;

/** Parts of a hello that would be let in, and ends of all kinds. */
final class CutProbes {

    /** The edges of a record's header, a message's header, the digest and the time; and some more. */
    private static final int[] CUTS = {1, 3, 5, 6, 9, 11, 39, 43, 76, 300, 1_000};

    private CutProbes() {}

    /** A hello ended by FIN after every number of bytes that is not all of it. */
    static List<Probe> endedAnywhere(byte[] genuine) {
        List<Probe> probes = new ArrayList<>();
        for (int cut = 0; cut < genuine.length; cut++) {
            probes.add(cut("part of a hello, then FIN", cut, send(first(genuine, cut)), finish()));
        }
        return probes;
    }

    /** The slow variants, at some places. */
    static List<Probe> some(byte[] genuine, byte[] forged) {
        List<Probe> probes = new ArrayList<>();
        for (int cut : CUTS) {
            byte[] part = first(genuine, cut);
            probes.add(cut("part of a hello, then silence", cut, send(part)));
        }
        for (int cut : CUTS) {
            probes.add(cut(
                    "part of a hello, and the rest after the deadline",
                    cut,
                    send(first(forged, cut)),
                    passDeadline(),
                    send(rest(forged, cut))));
        }
        for (int cut : CUTS) {
            probes.add(cut(
                    "part of a hello, then RST; then HTTP GET",
                    cut,
                    send(first(genuine, cut)),
                    resetAndConnectAgain(),
                    send(HttpProbes.get())));
        }
        return probes;
    }

    static List<Probe> ends(byte[] forged) {
        byte[] get = HttpProbes.get();
        return List.of(
                Probe.of("nothing at all"),
                Probe.of("FIN at once", finish()),
                Probe.of("nothing until the deadline, then FIN", passDeadline(), finish()),
                Probe.of("nothing until the deadline, then HTTP GET", passDeadline(), send(get)),
                Probe.of("nothing until the deadline, then a hello", passDeadline(), send(forged)),
                Probe.of("RST at once; then HTTP GET", resetAndConnectAgain(), send(get)),
                Probe.of("RST after HTTP GET; then the same", send(get), resetAndConnectAgain(), send(get)),
                Probe.of("RST after a hello; then the same", send(forged), resetAndConnectAgain(), send(forged)),
                Probe.of(
                        "RST after the answer; then the same",
                        send(forged),
                        listen(),
                        resetAndConnectAgain(),
                        send(forged)),
                Probe.of("HTTP GET, then noise after the end", send(get), listen(), insist()),
                Probe.of(
                        "an alert after the answer, then noise after the end",
                        send(forged),
                        listen(),
                        send(Bytes.hex("1503030002022a")),
                        listen(),
                        insist()),
                Probe.of("FIN after the answer", send(forged), listen(), finish()),
                Probe.of("HTTP GET after the answer", send(forged), listen(), send(get)),
                Probe.of("an alert after the answer", send(forged), listen(), send(Bytes.hex("1503030002022a"))),
                Probe.of("noise after the answer", send(forged), listen(), send(Bytes.noise(300))));
    }

    private static Probe cut(String row, int cut, Step... steps) {
        return new Probe(row, "after " + cut, List.of(steps));
    }
}
