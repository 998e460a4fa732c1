package io.github.mtgjava;

/** Nobody's business. */
final class Hidden {}
