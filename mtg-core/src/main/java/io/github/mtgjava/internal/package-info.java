/** A running proxy: its configuration and its life cycle. Not exported. */
@NullMarked
package io.github.mtgjava.internal;

import org.jspecify.annotations.NullMarked;
