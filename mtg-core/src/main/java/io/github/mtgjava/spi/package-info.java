/**
 * What a user of the library may replace: the replay cache, the observer, the client filter, the table of Telegram's addresses,
 * the name resolver. Each has a safe default, and a faulty implementation never harms more than the one connection it was asked
 * about.
 */
@NullMarked
package io.github.mtgjava.spi;

import org.jspecify.annotations.NullMarked;
