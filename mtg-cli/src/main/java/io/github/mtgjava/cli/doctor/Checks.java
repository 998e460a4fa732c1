package io.github.mtgjava.cli.doctor;

import io.github.mtgjava.IpFamily;
import io.github.mtgjava.Secret;
import io.github.mtgjava.cli.PublicAddressLookup;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.internal.probe.OriginAnswer;
import io.github.mtgjava.internal.probe.OriginProbe;
import io.github.mtgjava.probe.ProbeException;
import io.github.mtgjava.probe.ProxyProbe;
import io.github.mtgjava.probe.TelegramProbe;
import io.github.mtgjava.spi.TelegramDirectory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient.Redirect;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;

/** Connects the checks with the world, as the options say. */
final class Checks {

    /** The DCs that clients use. */
    private static final List<Integer> USUAL_DCS = List.of(1, 2, 3, 4, 5, 203);

    private static final int DEFAULT_PORT = 3128;
    private static final int DEFAULT_DC = 2;

    private final Secret secret;
    private final DoctorOptions options;
    private final ExaminationOptions examination;
    private final Duration inner;
    private final RandomSource random = RandomSource.secure();

    Checks(Secret secret, DoctorOptions options, ExaminationOptions examination) {
        this.secret = secret;
        this.options = options;
        this.examination = examination;
        // Less than a check may take, so that it can tell what did not answer.
        this.inner = examination.timeout.multipliedBy(4).dividedBy(5).plusMillis(1);
    }

    /** All that the options ask for, in the order of the report. */
    List<Check> all() {
        SSLContext trust = Trust.of(examination.caFile);
        boolean needsLinks = options.adTag != null;
        PublicAddresses addresses = publicAddresses();
        List<Check> checks = new ArrayList<>();
        checks.add(new SecretCheck(secret));
        checks.add(new ClockCheck(
                examination.clockUrl,
                options.timeSkew,
                needsLinks,
                new HttpFetch(trust, Redirect.NEVER, inner),
                InstantSource.system()));
        checks.add(new TelegramCheck(dcs(), families(), (address, dc) -> TelegramProbe.roundTrip(address, dc, inner)));
        cloakCheck(trust, addresses).ifPresent(checks::add);
        checks.add(new DescriptorCheck(options.maxConnections, DescriptorCheck::ofThisProcess));
        checks.add(new PortCheck(bind(), PortCheck::tryBind, this::askProxy));
        checks.add(new AddressCheck(addresses, needsLinks ? families() : Set.of()));
        if (needsLinks) {
            checks.add(bootstrapCheck(trust));
        }
        return checks;
    }

    /** Its two steps share the time, the longer one being to fetch from a site that is often out of reach. */
    private Check bootstrapCheck(SSLContext trust) {
        Duration third = inner.dividedBy(3);
        return new BootstrapCheck(
                new BootstrapCheck.Urls(
                        examination.proxySecretUrl, examination.proxyConfigUrl, examination.proxyConfigV6Url),
                families(),
                new HttpFetch(trust, Redirect.NORMAL, third.multipliedBy(2)),
                new MiddleProxyReach(families(), address -> connect(address, third)));
    }

    private static void connect(InetSocketAddress address, Duration limit) throws IOException {
        try (Socket socket = new Socket()) {
            // Not 0, which would be for ever.
            socket.connect(address, (int) Math.max(1, limit.toMillis()));
        }
    }

    /** The one check of a proxy that somebody runs somewhere. */
    static List<Check> of(ProxyLink link, DoctorOptions options, ExaminationOptions examination) {
        Checks checks = new Checks(link.secret(), options, examination);
        return List.of(new LinkCheck(
                link,
                checks.firstDc(),
                checks.resolver(),
                (proxy, dc) -> ProxyProbe.roundTrip(proxy, link.secret(), dc, checks.inner)));
    }

    private Optional<Check> cloakCheck(SSLContext trust, PublicAddresses addresses) {
        return CloakTarget.of(
                        secret.host(),
                        Optional.ofNullable(options.cloakAddress),
                        Optional.ofNullable(options.cloakPort))
                .map(target -> new CloakCheck(
                        target,
                        bind(),
                        resolver(),
                        addresses,
                        this::firstFlight,
                        new CertificateHandshake(trust, inner, options.cloakProxyProtocol)));
    }

    private OriginAnswer firstFlight(InetSocketAddress address, String host) throws ProbeException {
        return options.cloakProxyProtocol
                ? OriginProbe.askWithProxyHeader(address, host, inner, random)
                : OriginProbe.ask(address, host, inner, random);
    }

    private int firstDc() {
        return options.dcs == null ? DEFAULT_DC : options.dcs.get(0).dc();
    }

    private InetSocketAddress bind() {
        return Objects.requireNonNullElseGet(options.bind, () -> new InetSocketAddress("0.0.0.0", DEFAULT_PORT));
    }

    private void askProxy(InetSocketAddress proxy) throws IOException {
        try {
            ProxyProbe.roundTrip(proxy, secret, firstDc(), inner);
        } catch (ProbeException e) {
            // A FakeTLS handshake that succeeded proves who this is; that Telegram is silent is another check's to say.
            if (secret.host().isEmpty() || !String.valueOf(e.getMessage()).contains("Telegram's answer")) {
                throw e;
            }
        }
    }

    private Map<Integer, List<InetSocketAddress>> dcs() {
        Map<Integer, List<InetSocketAddress>> dcs = new TreeMap<>();
        if (options.dcs == null) {
            USUAL_DCS.forEach(dc -> dcs.put(dc, TelegramDirectory.builtIn().addresses(dc)));
        } else {
            options.dcs.forEach(given ->
                    dcs.computeIfAbsent(given.dc(), unused -> new ArrayList<>()).addAll(given.addresses()));
        }
        return dcs;
    }

    private Set<IpFamily> families() {
        Set<IpFamily> families = EnumSet.allOf(IpFamily.class);
        if (options.preferIp != null) {
            families.removeIf(family -> !options.preferIp.allows(family));
        }
        return families;
    }

    private PublicAddresses publicAddresses() {
        Map<IpFamily, InetSocketAddress> given = new EnumMap<>(IpFamily.class);
        if (options.publicIpv4 != null) {
            given.put(IpFamily.IPV4, options.publicIpv4);
        }
        if (options.publicIpv6 != null) {
            given.put(IpFamily.IPV6, options.publicIpv6);
        }
        boolean asks =
                options.publicIpUrls.stream().noneMatch(service -> service.url().isEmpty());
        PublicAddressLookup lookup = PublicAddressLookup.of(options.publicIpUrls, inner);
        return new PublicAddresses(given, asks, lookup::find, resolver());
    }

    /** With the entries of {@code --resolve}. */
    private Resolver resolver() {
        return Resolver.with(Objects.requireNonNullElse(examination.resolve, List.of()));
    }
}
