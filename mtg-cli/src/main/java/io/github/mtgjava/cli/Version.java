package io.github.mtgjava.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of this program, from the manifest of the jar it was started from. */
public final class Version implements IVersionProvider {

    /** The version, or {@code development} outside of a jar. */
    static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"mtg-cli " + text(), "Java " + Runtime.version() + " on " + System.getProperty("os.name")};
    }
}
