package io.github.mtgjava.cli;

import org.jspecify.annotations.Nullable;

/** A command cannot do what it was rightly asked to do. The message is for the user, and says what to do. */
final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    CommandFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
