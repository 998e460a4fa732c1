package io.github.mtgjava.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** Descriptors run out for a whole process, so it is another one that runs out of them. */
final class AcceptorStarvationTest {
    private static final int DESCRIPTORS = 64;

    @Test
    void backsOffWithoutDescriptorsAndAcceptsAgainWhenThereAreSome(@TempDir Path directory) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "a shell with ulimit");
        Path output = directory.resolve("output");
        String classPath = Stream.of(StarvedAcceptor.class, Acceptor.class, Logger.class)
                .map(AcceptorStarvationTest::home)
                .collect(Collectors.joining(File.pathSeparator));
        Process child = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "ulimit -n " + DESCRIPTORS + " && exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-ea",
                        "-Xmx64m",
                        "-cp",
                        classPath,
                        StarvedAcceptor.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = child.waitFor(20, TimeUnit.SECONDS);
            assertThat(ended).as(Files.readString(output)).isTrue();
            assertThat(child.exitValue()).as(Files.readString(output)).isZero();
        } finally {
            child.destroyForcibly();
        }
    }

    /** The jar or directory that a class's file is really in, whatever module it has been patched into. */
    private static String home(Class<?> type) {
        String file = type.getName().replace('.', '/') + ".class";
        try {
            URL url = type.getResource("/" + file);
            assertThat(url).as(file).isNotNull();
            URLConnection connection = url.openConnection();
            if (connection instanceof JarURLConnection jar) {
                return Path.of(jar.getJarFileURL().toURI()).toString();
            }
            String location = url.toString();
            return Path.of(URI.create(location.substring(0, location.length() - file.length())))
                    .toString();
        } catch (Exception e) {
            throw new AssertionError("where is " + file, e);
        }
    }
}
