package io.github.mtgjava.prober;

import java.util.List;

/**
 * One thing that a stranger might try.
 *
 * @param row its line in the report; probes that differ in a number only share one
 * @param name what tells it from others of its row; may be empty
 * @param steps what is done, in order, before all that is left is to listen
 */
record Probe(String row, String name, List<Step> steps) {

    static Probe of(String row, Step... steps) {
        return new Probe(row, "", List.of(steps));
    }
}
