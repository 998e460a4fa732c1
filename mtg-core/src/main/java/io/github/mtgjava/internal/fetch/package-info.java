/**
 * Fetching documents over and over, each within a time and of a bounded size, and keeping good copies on disk. Knows nothing
 * of what they say. Blocks, so no event loop may be near.
 */
@NullMarked
package io.github.mtgjava.internal.fetch;

import org.jspecify.annotations.NullMarked;
