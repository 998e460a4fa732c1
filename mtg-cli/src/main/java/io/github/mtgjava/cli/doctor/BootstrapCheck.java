package io.github.mtgjava.cli.doctor;

import io.github.mtgjava.cli.doctor.Fetch.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;

/** Whether Telegram hands out what a proxy with an ad tag needs: the secret and the addresses of its middle proxies. */
final class BootstrapCheck implements Check {

    private static final String NAME = "adtag";
    private static final int MIN_SECRET_BYTES = 32;
    private static final int MAX_SECRET_BYTES = 256;
    private static final Pattern PROXY_LINE = Pattern.compile(
            "(?m)^[ \\t]*proxy_for[ \\t]+-?[0-9]{1,5}[ \\t]+(?:\\[[0-9a-fA-F:.]+]|[A-Za-z0-9.-]+):[0-9]{1,5}[ \\t]*;");

    private final Urls urls;
    private final Fetch fetch;

    /**
     * Where things are.
     *
     * @param config for IPv4
     * @param configV6 for IPv6
     */
    record Urls(URI secret, URI config, URI configV6) {}

    BootstrapCheck(Urls urls, Fetch fetch) {
        this.urls = urls;
        this.fetch = fetch;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Finding> run() throws InterruptedException {
        List<FutureTask<Optional<Finding>>> tasks = List.of(
                start(urls.secret(), BootstrapCheck::secretFault),
                start(urls.config(), BootstrapCheck::configFault),
                start(urls.configV6(), BootstrapCheck::configFault));
        List<Finding> faults = new ArrayList<>();
        try {
            for (FutureTask<Optional<Finding>> task : tasks) {
                task.get().ifPresent(faults::add);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a fetch failed", e.getCause());
        } finally {
            tasks.forEach(task -> task.cancel(true));
        }
        return faults.isEmpty() ? List.of(Finding.ok(NAME, "Telegram hands out what ad tags need")) : faults;
    }

    /** Tells what is wrong with a document. */
    private interface Examiner {
        Optional<String> fault(String body);
    }

    private FutureTask<Optional<Finding>> start(URI url, Examiner examiner) {
        return Daemons.start("bootstrap", () -> {
            Optional<String> fault;
            try {
                Answer answer = fetch.get(url);
                fault = answer.status() == 200
                        ? examiner.fault(answer.body())
                        : Optional.of("the answer has status " + answer.status());
            } catch (IOException e) {
                fault = Optional.of(String.valueOf(e.getMessage()));
            }
            return fault.map(text -> Finding.fail(
                    NAME, url + ": " + text + "; ad tags need it: check the way there, or name another source of it"));
        });
    }

    private static Optional<String> secretFault(String body) {
        return body.length() >= MIN_SECRET_BYTES && body.length() <= MAX_SECRET_BYTES
                ? Optional.empty()
                : Optional.of("the secret has " + body.length() + " bytes, not 32 to 256");
    }

    private static Optional<String> configFault(String body) {
        if (body.length() > HttpFetch.MAX_BYTES) {
            return Optional.of("the list is longer than 64 KB");
        }
        return PROXY_LINE.matcher(body).find()
                ? Optional.empty()
                : Optional.of("there is no line 'proxy_for <dc> <host>:<port>;'");
    }
}
