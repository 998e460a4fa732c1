/**
 * Looking at the world as a client does: whether a Telegram DC answers, whether a proxy works for those who have its
 * secret.
 *
 * <p>Probes are static, keep nothing between calls and may be called from any thread. Each blocks its caller, for no longer
 * than the limit it is given, a day at the most, so none of them may run on an event loop; do not count on an
 * interrupt to end it sooner. They believe nothing they read, and every answer is bounded. Nothing of a proxy has to run for them.
 */
@NullMarked
package io.github.mtgjava.probe;

import org.jspecify.annotations.NullMarked;
