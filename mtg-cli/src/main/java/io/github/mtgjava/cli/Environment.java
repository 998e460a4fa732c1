package io.github.mtgjava.cli;

import java.util.Map;
import java.util.Optional;

/** The environment variables. One that is empty counts as absent, as container set-ups like to leave them so. */
public final class Environment {

    private final Map<String, String> variables;

    Environment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** That of this process. */
    static Environment system() {
        return new Environment(System.getenv());
    }

    /** The value of a variable without blanks around it. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }
}
