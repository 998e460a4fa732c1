package io.github.mtgjava.examples;

import io.github.mtgjava.MtProxy;
import io.github.mtgjava.MtProxyBuilder;
import io.github.mtgjava.MtProxyException;
import io.github.mtgjava.Secret;
import java.io.IOException;
import java.net.InetSocketAddress;

/** What the examples that run a proxy have in common: {@link EmbedProxy} once more, with one part more. */
public final class Foreground {

    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private Foreground() {}

    /** What a {@code main} does; its {@link IllegalArgumentException}s are shown to whoever called it. */
    public interface Program {

        /** Runs to its end. */
        void run() throws Exception;
    }

    /** Runs it. What the caller or the machine has done wrong is one line on standard error. */
    public static void main(Program program) throws Exception {
        try {
            program.run();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(WRONG_USAGE);
        } catch (MtProxyException e) {
            System.err.println(e.getMessage());
            System.exit(FAILED);
        } catch (IOException e) {
            System.err.println(e); // its message alone may be no more than a name
            System.exit(FAILED);
        }
    }

    /** A proxy by the arguments {@code [SECRET [PORT]]}; without a secret it makes a new one. */
    static MtProxyBuilder builder(String[] args) {
        String fallback = Secret.generateTls("www.example.com").hex();
        String secret = argument(args, 0, System.getenv().getOrDefault("MTG_SECRET", fallback));
        return MtProxy.builder()
                .secret(Secret.parse(secret))
                .bind(new InetSocketAddress("0.0.0.0", number(args, 1, 3128)))
                .publicIpv4(InetSocketAddress.createUnresolved(
                        System.getenv().getOrDefault("MTG_PUBLIC_HOST", "127.0.0.1"), 0));
    }

    /** Runs it until the process is told to end, and then something else. */
    static void serve(MtProxy proxy, Runnable atTheEnd) throws InterruptedException {
        proxy.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            proxy.close();
            atTheEnd.run();
        }));
        System.out.print(proxy.links().toJson());
        Thread.currentThread().join();
    }

    static String argument(String[] args, int index, String otherwise) {
        return index < args.length ? args[index] : otherwise;
    }

    static int number(String[] args, int index, int otherwise) {
        String text = argument(args, index, Integer.toString(otherwise));
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a number: " + text, e);
        }
    }
}
