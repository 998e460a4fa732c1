package io.github.mtgjava.prober;

/** How the other side ended the connection. */
enum End {
    FIN("FIN"),
    RESET("RST"),
    /** FIN, but whoever sends more meets a reset. */
    FIN_AND_RESET("FIN, then RST"),
    NONE("stays open");

    private final String words;

    End(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
