package io.github.mtgjava.cli;

import io.github.mtgjava.AccessLists;
import io.github.mtgjava.AdTag;
import io.github.mtgjava.MtProxy;
import io.github.mtgjava.Secret;
import io.github.mtgjava.cli.Reload.LinkPrinter;
import io.github.mtgjava.cli.stats.Statistics;
import io.github.mtgjava.cli.stats.StatisticsOptions;
import io.github.mtgjava.metrics.MicrometerProxyObserver;
import io.github.mtgjava.spi.ProxyObserver;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the proxy until a signal stops it. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        header = "Runs the proxy, and prints the links to it as JSON once it listens.",
        parameterListHeading = "%nParameters:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:stopped by SIGINT or SIGTERM; open connections get 10 seconds to end",
            "1:the proxy could not start; a line on standard error says why and what to do",
            "2:wrong usage"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mtg-cli run ee…                                          port 3128, everything else by default",
            "  mtg-cli run -b :443 -4 203.0.113.5 --secret-file secret  nothing is asked of the Internet",
            "  MTG_SECRET=ee… mtg-cli run -v --cloak-address 127.0.0.1:8443",
            "  mtg-cli run -4 203.0.113.5 ee… 0123456789abcdef…         promote the channel of that ad tag",
            "",
            "SIGHUP has the proxy read its secret file and lists again. Nobody is disconnected, and the old",
            "secret works beside a new one for --secret-overlap.",
            "",
            "Names in square brackets are environment variables; the command line wins. Sizes are bytes or",
            "have a unit: 64KB, 128MB. Logs are JSON lines on standard error and never show a secret."
        })
final class RunCommand implements Callable<Integer> {

    private final Environment environment;
    private final InputStream input;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private final EssentialOptions essentials = new EssentialOptions();

    @Mixin
    private final NetworkOptions network = new NetworkOptions();

    @Mixin
    private final AdTagOptions promotion = new AdTagOptions();

    @Mixin
    private final StatisticsOptions statistics = new StatisticsOptions();

    @Mixin
    private final DefenceOptions defence = new DefenceOptions();

    RunCommand(Environment environment, InputStream input) {
        this.environment = environment;
        this.input = input;
    }

    @Override
    public Integer call() throws InterruptedException {
        LogSetup.verbosity(essentials.verbose, essentials.debug);

        SecretSource source = new SecretSource(environment, input);
        Secret secret = source.read(spec, essentials.secret, essentials.secretFile);
        AdTag adTag = adTag();
        PublicAddressLookup lookup = PublicAddressLookup.of(network.publicIpUrls);
        PublicIps ips = new PublicIps(essentials, lookup, Boolean.TRUE.equals(promotion.requirePublicIp));
        if (adTag != null) {
            ips.refuseOrWarnIfHopeless();
        }
        CacheDir cacheDir = cacheDir();
        // Also while it is not served yet a SIGHUP must not end what has begun.
        try (Hangup hangup = Hangup.expected();
                AccessLists lists = Lists.open(spec, defence, cacheDir);
                Statistics figures = Statistics.open(statistics);
                Replays replays = new Replays()) {
            List<ProxyObserver> observers = observers(figures, statistics.namespace());
            MtProxy proxy = new ProxyFactory(spec, cacheDir, replays)
                    .create(secret, essentials, network, adTag, promotion, ips, defence, lists, observers);
            // With an ad tag the addresses have been looked up by the time the links are made.
            LinkPrinter links = given -> Output.print(
                    spec,
                    new PublicLinks(given, ips.ipv4(), ips.ipv6(), lookup)
                            .of(proxy)
                            .toJson());
            Reload reload = new Reload(proxy, source, essentials, Lists.areGiven(defence) ? lists : null, links);
            return new Serving(proxy, replays, figures).run(secret, links, () -> reload.onEvery(hangup));
        }
    }

    private CacheDir cacheDir() {
        return essentials.cacheDir != null
                ? essentials.cacheDir
                : CacheDir.platformDefault(
                        environment, System.getProperty("os.name"), System.getProperty("user.home", ""));
    }

    /** Null if there is none. What is wrong with it is said without showing it. */
    private @Nullable AdTag adTag() {
        String text = essentials.adTag != null
                ? essentials.adTag
                : environment.get(EssentialOptions.AD_TAG_VARIABLE).orElse(null);
        try {
            return text == null ? null : AdTag.parse(text);
        } catch (IllegalArgumentException e) {
            String source = essentials.adTag != null ? "<adtag>" : EssentialOptions.AD_TAG_VARIABLE;
            throw new ParameterException(spec.commandLine(), source + ": " + e.getMessage());
        }
    }

    private static List<ProxyObserver> observers(Statistics figures, String namespace) {
        List<ProxyObserver> observers = new ArrayList<>();
        observers.add(new OperatorLog(System::nanoTime));
        if (ConnectionLog.isWanted()) {
            observers.add(new ConnectionLog());
        }
        if (figures.isWanted()) {
            observers.add(new MicrometerProxyObserver(figures.registry(), namespace));
        }
        return observers;
    }
}
