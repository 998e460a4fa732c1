package io.github.mtgjava.prober;

/** When something happened, as coarse as it can be told without looking at a clock. */
enum Stage {
    AT_ONCE("at once"),
    AFTER_DEADLINE("after the deadline"),
    WHEN_ORIGIN_GAVE_UP("when the origin gave up");

    private final String words;

    Stage(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
