/**
 * Connecting to Telegram: straight or through SOCKS5 servers, by the first of several ways that works, those last that lately
 * did not.
 */
@NullMarked
package io.github.mtgjava.internal.telegram.dial;

import org.jspecify.annotations.NullMarked;
