/**
 * Checks of a host, before users find out: one class for each, pure functions of what they are given, so that every
 * verdict can be shown without the world it speaks of. Works on threads of its own; blocks as it likes, within its limits.
 */
@NullMarked
package io.github.mtgjava.cli.doctor;

import org.jspecify.annotations.NullMarked;
