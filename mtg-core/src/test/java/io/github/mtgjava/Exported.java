package io.github.mtgjava;

import static java.util.stream.Collectors.toSet;

import io.github.mtgjava.crypto.AesCtr;
import io.github.mtgjava.transport.nio.EventLoop;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/** What the modules of the library say of themselves. */
final class Exported {

    private Exported() {}

    /** Where their classes are, in folders or jars. */
    static Set<Path> modules() {
        return Stream.of(AesCtr.class, EventLoop.class, MtProxy.class)
                .map(Exported::home)
                .collect(toSet());
    }

    /** The packages that anybody may use. */
    static Set<String> packages() {
        return ModuleFinder.of(modules().toArray(Path[]::new)).findAll().stream()
                .flatMap(module -> module.descriptor().exports().stream())
                .filter(exports -> !exports.isQualified())
                .map(Exports::source)
                .collect(toSet());
    }

    private static Path home(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
