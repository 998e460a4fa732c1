/**
 * The proxy: build one with {@link io.github.mtgjava.MtProxy#builder}, start it, stop it.
 *
 * <p>Everything a user needs stands in this package and in {@link io.github.mtgjava.spi}. All but the builders
 * are safe to use from any thread. {@link io.github.mtgjava.metrics} shows a proxy in Micrometer, {@link
 * io.github.mtgjava.probe} looks at proxies from outside. No parameter and no answer is null but where {@code Nullable} says so.
 */
@NullMarked
package io.github.mtgjava;

import org.jspecify.annotations.NullMarked;
