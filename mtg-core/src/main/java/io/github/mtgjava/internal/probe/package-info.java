/**
 * What probes do on the wire: questions that a client would ask, each on a connection of its own with a limit in time and bytes.
 */
@NullMarked
package io.github.mtgjava.internal.probe;

import org.jspecify.annotations.NullMarked;
