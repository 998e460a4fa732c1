/**
 * The other ends of a proxy under test: a Telegram client in all three modes, a Telegram DC, and web servers to hide
 * behind; all real sockets on loopback addresses with ephemeral ports.
 *
 * <p>Nothing here uses the codecs of the product: a fake that shared their code would share their bugs. The only
 * dependency is the JDK. Every read is bounded in time, every thread is a daemon and ends with {@code close()}, and what
 * goes wrong on a server's thread is rethrown there as an {@link java.lang.AssertionError}.
 */
@NullMarked
package io.github.mtgjava.testkit;

import org.jspecify.annotations.NullMarked;
