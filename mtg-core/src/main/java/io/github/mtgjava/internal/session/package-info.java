/**
 * One client's life as a state machine: handshake, then Telegram, or the cloaked site, or silence. A session is confined
 * to its event loop; nothing here blocks or locks. Knows nothing of the command line or of metrics libraries.
 */
@NullMarked
package io.github.mtgjava.internal.session;

import org.jspecify.annotations.NullMarked;
