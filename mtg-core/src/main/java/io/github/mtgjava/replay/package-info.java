/** The built-in replay cache. Not exported: made by {@link io.github.mtgjava.spi.ReplayCache#inMemory}. */
@NullMarked
package io.github.mtgjava.replay;

import org.jspecify.annotations.NullMarked;
