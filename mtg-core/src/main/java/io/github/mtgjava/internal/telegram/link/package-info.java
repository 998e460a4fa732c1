/**
 * Links to middle proxies, each shared by many clients: how they are opened, who has a place on which, and how clients
 * move when one ends. Everything here lives on one event loop; loops share nothing but the numbers of links and
 * connections.
 *
 * <pre>
 *  session ── Seat ── LinkGroup (one per DC) ─┬─ Link, Link, …      clients sit on them
 *                                             └─ LinkAttempt, …     at most one, or as many as there are clients for
 * </pre>
 */
@NullMarked
package io.github.mtgjava.internal.telegram.link;

import org.jspecify.annotations.NullMarked;
