/**
 * Measures a running proxy from outside: {@link io.github.mtgjava.examples.load.Load} is a fake Telegram DC and any number
 * of clients, in all three modes. It shares no protocol code with the proxy, so a mistake there cannot hide here.
 *
 * <p>Each role is one thread with one selector ({@code Loop}), one read buffer and a few write buffers; everything else
 * in this package is confined to it. Nothing is allocated while bytes or messages flow.
 */
@NullMarked
package io.github.mtgjava.examples.load;

import org.jspecify.annotations.NullMarked;
