package io.github.mtgjava.prober;

/**
 * What came of a probe.
 *
 * @param row the line of the report that it belongs to
 * @param name what tells it from others of its row
 * @param site what the site did
 * @param proxy what the proxy did
 * @param same whether nobody could tell one from the other by this
 */
record Finding(String row, String name, String site, String proxy, boolean same) {}
