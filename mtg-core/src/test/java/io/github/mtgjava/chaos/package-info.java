/**
 * Chaos: clients of every behaviour, servers and a machine in every trouble, all at once and for as long as one likes. A {@link
 * io.github.mtgjava.chaos.Ledger} has every connection's account, kept by those who see it: the client, the proxy and the fake
 * Telegram. What one of them says the others have to bear out, and whoever lost something needs a fault that explains it.
 *
 * <p>Each connection of a client comes from an address of its own within 127.0.0.0/8: that tells the three which one it is.
 */
@NullMarked
package io.github.mtgjava.chaos;

import org.jspecify.annotations.NullMarked;
