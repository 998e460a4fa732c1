/**
 * What using the library looks like: {@link io.github.mtgjava.examples.EmbedProxy} is a whole proxy, the others show how to
 * replace one part of it. Copy them; nobody depends on them.
 */
@NullMarked
package io.github.mtgjava.examples;

import org.jspecify.annotations.NullMarked;
