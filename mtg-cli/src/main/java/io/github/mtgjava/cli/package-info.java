/**
 * The proxy as a command: reads options, builds a {@link io.github.mtgjava.MtProxy}, prints its links, waits to be
 * stopped. It sees the public interface of the library only.
 *
 * <p>Standard output carries what scripts want (links, secrets, completion); logs and errors go to standard error.
 * Neither logs nor errors ever show a secret.
 */
@NullMarked
package io.github.mtgjava.cli;

import org.jspecify.annotations.NullMarked;
