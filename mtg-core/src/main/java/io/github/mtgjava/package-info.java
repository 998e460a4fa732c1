/**
 * The proxy: build one with {@link io.github.mtgjava.MtProxy#builder}, start it, stop it.
 *
 * <p>Everything a user needs stands in this package and in {@link io.github.mtgjava.spi}. All but the builder
 * are safe to use from any thread. {@link io.github.mtgjava.probe} looks at proxies from outside.
 */
@NullMarked
package io.github.mtgjava;

import org.jspecify.annotations.NullMarked;
