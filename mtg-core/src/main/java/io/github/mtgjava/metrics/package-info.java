/**
 * The proxy's figures as Micrometer meters, for whoever has Micrometer on the class path. Sees the proxy as any observer
 * does and knows nothing of what is inside.
 */
@NullMarked
package io.github.mtgjava.metrics;

import org.jspecify.annotations.NullMarked;
