/**
 * What a user of the library may replace: the replay cache, the observer, the client filter, the table of Telegram's addresses,
 * the name resolver, the finder of public addresses. Each has a safe default, and what one throws while the proxy runs harms no
 * more than the connection it was asked about. One that blocks where it must not holds up everybody.
 */
@NullMarked
package io.github.mtgjava.spi;

import org.jspecify.annotations.NullMarked;
