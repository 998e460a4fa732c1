/**
 * A prober, as a censor would write it: it tries the same at a site and at the proxy that cloaks it, and looks for a
 * difference. It knows nothing of the secret but what it may have recorded on the wire.
 */
@NullMarked
package io.github.mtgjava.prober;

import org.jspecify.annotations.NullMarked;
