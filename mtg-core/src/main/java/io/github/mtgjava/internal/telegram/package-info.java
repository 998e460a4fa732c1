/** Where Telegram is, and how to get there. Not exported. */
@NullMarked
package io.github.mtgjava.internal.telegram;

import org.jspecify.annotations.NullMarked;
