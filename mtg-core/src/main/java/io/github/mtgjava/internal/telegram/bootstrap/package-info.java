/**
 * What has to be known before there can be links to middle proxies: the secret that all of them share, and the list of them.
 * Both come from Telegram's site, are kept fresh, and are kept on disk for when the site is away.
 */
@NullMarked
package io.github.mtgjava.internal.telegram.bootstrap;

import org.jspecify.annotations.NullMarked;
