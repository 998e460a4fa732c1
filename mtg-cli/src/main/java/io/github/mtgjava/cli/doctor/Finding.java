package io.github.mtgjava.cli.doctor;

/**
 * What a check found.
 *
 * @param check the check's name, a word
 * @param text what is so, and if it is not as it should be, what to do about it; never shows a secret
 */
record Finding(Status status, String check, String text) {

    /** How bad it is. */
    enum Status {
        /** As it should be. */
        OK,
        /** Works, but not for everybody, not for long, or not as well as it could. */
        WARN,
        /** Does not work. */
        FAIL
    }

    static Finding ok(String check, String text) {
        return new Finding(Status.OK, check, text);
    }

    static Finding warn(String check, String text) {
        return new Finding(Status.WARN, check, text);
    }

    static Finding fail(String check, String text) {
        return new Finding(Status.FAIL, check, text);
    }
}
