package io.github.mtgjava.chaos;

import io.github.mtgjava.MtProxy;
import io.github.mtgjava.crypto.AesCtr;
import io.github.mtgjava.testkit.Command;
import io.github.mtgjava.transport.nio.EventLoop;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Loads our classes: one that is first needed when there are no descriptors could never be loaded after that. */
final class Preloading {

    private static final String SUFFIX = ".class";

    private Preloading() {}

    /** Loads what lies in directories, which are opened class by class; jars are open. */
    static void loadAll() throws IOException, URISyntaxException {
        for (Class<?> one : List.of(MtProxy.class, Preloading.class, EventLoop.class, Command.class, AesCtr.class)) {
            URL url = one.getResource("/" + one.getName().replace('.', '/') + SUFFIX);
            if (url != null && "file".equals(url.getProtocol())) {
                load(home(one, url.toURI()));
            }
        }
    }

    private static Path home(Class<?> type, URI file) {
        Path path = Path.of(file);
        for (int i = type.getName().split("\\.").length; i > 0; i--) {
            path = path.getParent();
        }
        return path;
    }

    private static void load(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            files.map(file -> home.relativize(file).toString())
                    .filter(name -> name.startsWith("io") && name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length())
                            .replace(home.getFileSystem().getSeparator(), "."))
                    .filter(name -> !name.endsWith("package-info"))
                    .forEach(Preloading::load);
        }
    }

    private static void load(String name) {
        try {
            Class.forName(name, false, Preloading.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError notForUs) {
            // Benchmarks and the like, whose libraries are not there; nobody will need it.
        }
    }
}
