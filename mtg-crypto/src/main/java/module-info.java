/**
 * Ciphers, hashes, key shares and randomness; knows nothing of sockets or protocols. Made for mtg-core and not covered by
 * semantic versioning: anything here may change with every version.
 */
module io.github.mtgjava.crypto {
    requires static org.jspecify;

    exports io.github.mtgjava.crypto;
}
