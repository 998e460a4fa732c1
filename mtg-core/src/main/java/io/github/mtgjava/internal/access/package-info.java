/**
 * Who may come: lists of addresses that are blocked or allowed, read from files and web sites, and how many connections an
 * address has open. Knows nothing of sessions. Lists are loaded on threads that may block; what event loops ask is answered at
 * once and without a lock.
 */
@NullMarked
package io.github.mtgjava.internal.access;

import org.jspecify.annotations.NullMarked;
