/** Reading and writing IP addresses, for codecs whose protocols have them as text. Not exported. */
@NullMarked
package io.github.mtgjava.transport.ip;

import org.jspecify.annotations.NullMarked;
