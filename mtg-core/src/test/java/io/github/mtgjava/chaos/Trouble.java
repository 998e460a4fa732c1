package io.github.mtgjava.chaos;

/** Makes a fault come and go. Called on the conductor's thread. */
interface Trouble {

    void begin();

    void end();
}
