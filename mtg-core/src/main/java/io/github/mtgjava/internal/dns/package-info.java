/** Looking names up without holding up an event loop. */
@NullMarked
package io.github.mtgjava.internal.dns;

import org.jspecify.annotations.NullMarked;
