/** The site that refused connections are shown: its address, a guard against loops, what its TLS looks like. */
@NullMarked
package io.github.mtgjava.internal.cloak;

import org.jspecify.annotations.NullMarked;
