/** Ciphers, hashes, key shares and randomness; knows nothing of sockets or protocols. */
module io.github.mtgjava.crypto {
    requires static org.jspecify;

    exports io.github.mtgjava.crypto;
}
