package io.github.mtgjava.cli.doctor;

import io.github.mtgjava.AdTag;
import io.github.mtgjava.MtProxy;
import io.github.mtgjava.MtProxyBuilder;
import io.github.mtgjava.Secret;
import io.github.mtgjava.cli.Environment;
import io.github.mtgjava.cli.ExitCodes;
import io.github.mtgjava.cli.Output;
import io.github.mtgjava.cli.SecretSource;
import io.github.mtgjava.cli.Version;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks whether a proxy can work here, and says what to do if it cannot. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        header = "Checks this machine, its network and a secret, before users find out.",
        parameterListHeading = "%nParameters:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing fails; there may be warnings", "1:something fails", "2:wrong usage"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  mtg-cli doctor ee…                                with the options that 'run' will get",
            "  mtg-cli doctor -b :443 --secret-file secret       also while the proxy runs",
            "  mtg-cli doctor --link 'tg://proxy?server=…'       from where your users are",
            "  mtg-cli doctor --json --public-ip-url none -4 203.0.113.5 --secret-file secret",
            "",
            "Telegram is tried directly, also where 'run' goes through --socks5. What an ad tag needs is fetched",
            "directly by both.",
            "",
            "Each line begins with OK, WARN or FAIL. Names in square brackets are environment variables; the",
            "command line wins. Nothing that is printed shows a secret."
        })
public final class DoctorCommand implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final String AD_TAG_VARIABLE = "MTG_ADTAG";
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Environment environment;
    private final InputStream input;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private final DoctorOptions options = new DoctorOptions();

    @Mixin
    private final ExaminationOptions examination = new ExaminationOptions();

    /**
     * Makes the command.
     *
     * @param environment may have the secret
     * @param input where {@code doctor -} reads it
     */
    public DoctorCommand(Environment environment, InputStream input) {
        this.environment = environment;
        this.input = input;
    }

    @Override
    public Integer call() throws InterruptedException {
        checkRanges();
        options.adTag = options.adTag != null ? options.adTag : adTagOfEnvironment();
        List<Check> checks = checks();
        List<Finding> findings = new Examination(examination.timeout).of(checks);
        int printed = Output.print(spec, examination.json ? Report.json(findings) : Report.lines(findings));
        return printed != ExitCodes.OK || Report.isOk(findings) ? printed : FAILED;
    }

    private @Nullable AdTag adTagOfEnvironment() {
        try {
            return environment.get(AD_TAG_VARIABLE).map(AdTag::parse).orElse(null);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), AD_TAG_VARIABLE + ": " + e.getMessage());
        }
    }

    private List<Check> checks() {
        try {
            if (examination.link != null) {
                if (options.secret != null || options.secretFile != null) {
                    throw new IllegalArgumentException("--link brings its own secret: leave the other one out");
                }
                return Checks.of(examination.link, options, examination);
            }
            Secret secret = new SecretSource(environment, input).read(options.secret, options.secretFile);
            return new Checks(secret, options, examination).all();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    /** What {@code run} would refuse is refused here, by the same hands. */
    private void checkRanges() {
        MtProxyBuilder run = MtProxy.builder();
        check("--cloak-port", options.cloakPort, run::cloakPort);
        check("--time-skew", options.timeSkew, run::timeSkew);
        check("--max-connections", options.maxConnections, run::maxConnections);
        check("--timeout", examination.timeout, limit -> {
            if (limit.isZero() || limit.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("expected more than nothing and at most 1h");
            }
        });
    }

    private <T> void check(String option, @Nullable T value, Consumer<T> setter) {
        if (value == null) {
            return;
        }
        try {
            setter.accept(value);
        } catch (IllegalArgumentException e) {
            // The library calls the option by its name in Java.
            String reason = String.valueOf(e.getMessage()).replaceFirst("^[a-z][A-Za-z0-9]*: ", "");
            throw new ParameterException(spec.commandLine(), reason, spec.findOption(option), null);
        }
    }
}
