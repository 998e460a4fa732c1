/**
 * The built-in replay caches. Not exported: made by {@link io.github.mtgjava.spi.ReplayCache#inMemory} and
 * {@link io.github.mtgjava.KeptReplayCache#open}. Claims come from event loops and stay in memory; one thread knows the disk.
 */
@NullMarked
package io.github.mtgjava.replay;

import org.jspecify.annotations.NullMarked;
