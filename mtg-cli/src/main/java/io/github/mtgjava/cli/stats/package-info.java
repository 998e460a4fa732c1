/**
 * How the proxy's figures leave the process: to Prometheus, which asks, and to statsd, which is told. Works on threads of
 * its own and on meters alone; knows nothing of proxies.
 */
@NullMarked
package io.github.mtgjava.cli.stats;

import org.jspecify.annotations.NullMarked;
