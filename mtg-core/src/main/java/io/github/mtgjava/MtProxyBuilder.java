package io.github.mtgjava;

import static io.github.mtgjava.Ranges.inRange;

import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.internal.DirectMemory;
import io.github.mtgjava.internal.FileDescriptors;
import io.github.mtgjava.internal.HeapMemory;
import io.github.mtgjava.internal.ProxyConfig;
import io.github.mtgjava.internal.access.ClientLimits;
import io.github.mtgjava.spi.ClientFilter;
import io.github.mtgjava.spi.HostResolver;
import io.github.mtgjava.spi.ProxyObserver;
import io.github.mtgjava.spi.PublicAddressFinder;
import io.github.mtgjava.spi.ReplayCache;
import io.github.mtgjava.spi.TelegramDirectory;
import io.github.mtgjava.transport.nio.SocketOptions;
import io.github.mtgjava.transport.nio.Ticker;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a proxy needs. Only {@link #secret} is mandatory. Every setter checks its value at once and throws
 * {@link IllegalArgumentException}, or {@link NullPointerException} for null, with the name of the option. Not thread-safe.
 */
public final class MtProxyBuilder {

    /** Where a proxy listens by default: port 3128 on every IPv4 address. */
    public static final InetSocketAddress DEFAULT_BIND = new InetSocketAddress("0.0.0.0", 3128);

    private static final int DEFAULT_BUFFER_TO_TELEGRAM = 65_536;
    private static final int DEFAULT_BUFFER_TO_CLIENT = 131_072;
    private static final int DEFAULT_CLOAK_PORT = 443;
    private static final Duration DEFAULT_CLOAK_PROBE_INTERVAL = Duration.ofHours(6);
    private static final Duration DEFAULT_TIME_SKEW = Duration.ofMinutes(2);
    private static final Duration DEFAULT_HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofMinutes(5);

    private static final int MAX_SOCKS5_SERVERS = 16;
    private static final int MIN_BUFFER = 4096;
    private static final int MAX_BUFFER = 1 << 30;
    private static final int MAX_WORKERS = 1024;
    private static final int MAX_HANDSHAKE_RATE = 1_000_000;
    private static final long MIN_BUFFERED_BYTES = 1 << 20;

    private @Nullable Secret secret;
    private InetSocketAddress bind = DEFAULT_BIND;
    private Optional<InetSocketAddress> publicIpv4 = Optional.empty();
    private Optional<InetSocketAddress> publicIpv6 = Optional.empty();
    private Optional<PublicAddressFinder> publicAddressFinder = Optional.empty();
    private Optional<InetSocketAddress> cloakAddress = Optional.empty();
    private int cloakPort = DEFAULT_CLOAK_PORT;
    private Duration cloakProbeInterval = DEFAULT_CLOAK_PROBE_INTERVAL;
    private boolean cloakProxyProtocol;
    private List<IpPrefix> trustedProxies = List.of();
    private @Nullable AdTag adTag;
    private MiddleProxyOptions middleProxies = MiddleProxyOptions.defaults();
    private Optional<Path> cacheDirectory = Optional.empty();
    private TelegramDirectory directory = TelegramDirectory.builtIn();
    private PreferIp preferIp = PreferIp.PREFER_IPV4;
    private List<Socks5Server> socks5 = List.of();
    private @Nullable ReplayCache replayCache;
    private final List<ProxyObserver> observers = new ArrayList<>();
    private HostResolver resolver = HostResolver.system();
    private ClientFilter clientFilter = ClientFilter.everybody();
    private int maxConnections;
    private int maxConnectionsPerAddress;
    private int maxHandshakes;
    private int maxHandshakeRate;
    private long maxBufferedBytes;
    private int workers = Runtime.getRuntime().availableProcessors();
    private int bufferToTelegram;
    private int bufferToClient;
    private boolean passThrough = true;
    private RecordSizing recordSizing = RecordSizing.FULL;
    private Duration timeSkew = DEFAULT_TIME_SKEW;
    private Duration handshakeTimeout = DEFAULT_HANDSHAKE_TIMEOUT;
    private Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;
    private Duration idleTimeout = DEFAULT_IDLE_TIMEOUT;
    private InstantSource clock = InstantSource.system();
    private Ticker ticker = Ticker.system();
    private RandomSource random = RandomSource.secure();

    MtProxyBuilder() {}

    /** The secret. Mandatory. */
    public MtProxyBuilder secret(Secret value) {
        secret = Objects.requireNonNull(value, "secret");
        return this;
    }

    /** Where to listen; port 0 takes any free port. Default {@link #DEFAULT_BIND}. */
    public MtProxyBuilder bind(InetSocketAddress value) {
        Objects.requireNonNull(value, "bind");
        if (value.isUnresolved()) {
            throw new IllegalArgumentException("bind: the host " + value.getHostString() + " is unknown");
        }
        bind = value;
        return this;
    }

    /**
     * The proxy's IPv4 address as the world sees it: for the links, to recognise a cloaked host that is the proxy itself,
     * and with an ad tag for the keys of the links to middle proxies, which see it too. May be an unresolved name: it is
     * looked up for the keys only, at the start and then at every {@link MiddleProxyOptions#refreshInterval}. Port 0 stands
     * for the port it listens on. Default: the bind address, but no links if that is a wildcard; and for
     * keys what {@link #publicAddressFinder} tells, else that of the socket, which is wrong behind NAT.
     *
     * @throws IllegalArgumentException if it is an IPv6 address, or 0.0.0.0
     */
    public MtProxyBuilder publicIpv4(InetSocketAddress value) {
        publicIpv4 = Optional.of(PublicAddress.checked("publicIpv4", value, IpFamily.IPV4));
        return this;
    }

    /** The same as {@link #publicIpv4} for IPv6. */
    public MtProxyBuilder publicIpv6(InetSocketAddress value) {
        publicIpv6 = Optional.of(PublicAddress.checked("publicIpv6", value, IpFamily.IPV6));
        return this;
    }

    /**
     * Finds the public addresses that are not given, for the keys of the links to middle proxies: at the start, then at every
     * {@link MiddleProxyOptions#refreshInterval}, and sooner while none is known. An address that changes counts for new
     * links. Without an ad tag it is never asked. Default: none, and then the addresses of the sockets count, which is right
     * for a machine that is not behind NAT.
     */
    public MtProxyBuilder publicAddressFinder(PublicAddressFinder value) {
        publicAddressFinder = Optional.of(Objects.requireNonNull(value, "publicAddressFinder"));
        return this;
    }

    /**
     * The site that refused connections are relayed to; may be unresolved, port 0 stands for {@link #cloakPort}. Default:
     * the host of a TLS secret, as far as that name leads to addresses of the Internet: a site in a private network has to be
     * given here. None for other secrets, whose refused connections meet silence.
     */
    public MtProxyBuilder cloakAddress(InetSocketAddress value) {
        cloakAddress = Optional.of(Objects.requireNonNull(value, "cloakAddress"));
        return this;
    }

    /** Port of the cloaked site, 1 to 65535. Default 443. */
    public MtProxyBuilder cloakPort(int value) {
        cloakPort = inRange("cloakPort", value, 1, 65_535);
        return this;
    }

    /**
     * How often a proxy with a TLS secret looks at the first TLS flight of the site that it cloaks, to answer its clients as
     * the site would: with its cipher suite, group, extension order and length. What it saw is kept in the {@link
     * #cacheDirectory}, if there is one. One second to seven days, or zero: never. Default six hours; a tenth
     * of it is random.
     */
    public MtProxyBuilder cloakProbeInterval(Duration value) {
        Objects.requireNonNull(value, "cloakProbeInterval");
        cloakProbeInterval = value.isZero()
                ? value
                : inRange("cloakProbeInterval", value, Duration.ofSeconds(1), Duration.ofDays(7));
        return this;
    }

    /**
     * Tells the cloaked site the address of each visitor, by a header of the PROXY protocol, version 2, before the visitor's
     * own bytes. The site has to expect it from this proxy. Default false.
     */
    public MtProxyBuilder cloakProxyProtocol(boolean value) {
        cloakProxyProtocol = value;
        return this;
    }

    /**
     * Believes load balancers about their clients: every connection from one of these addresses has to begin with a header
     * of the PROXY protocol, version 1 or 2, of at most 2048 bytes, within the time for the handshake, and counts as a
     * connection from where the header says; without one it is refused. Who connects from elsewhere is not believed, and
     * needs none. Default: nobody is believed.
     *
     * @param trusted where the load balancers connect from
     * @throws IllegalArgumentException if it is empty
     */
    public MtProxyBuilder trustedProxies(Collection<IpPrefix> trusted) {
        List<IpPrefix> prefixes = List.copyOf(Objects.requireNonNull(trusted, "trustedProxies"));
        if (prefixes.isEmpty()) {
            throw new IllegalArgumentException("trustedProxies: nobody is trusted, so nobody would be believed");
        }
        trustedProxies = prefixes;
        return this;
    }

    /**
     * The channel to promote. Clients then reach Telegram through its middle proxies, several on one connection, and
     * {@link MtProxy#start} waits until the secret and the list of those have come from Telegram's site. Default: none,
     * clients reach Telegram directly.
     */
    public MtProxyBuilder adTag(AdTag value) {
        adTag = Objects.requireNonNull(value, "adTag");
        return this;
    }

    /** How to work with middle proxies; matters with an ad tag only. Default {@link MiddleProxyOptions#defaults}. */
    public MtProxyBuilder middleProxies(MiddleProxyOptions value) {
        middleProxies = Objects.requireNonNull(value, "middleProxies");
        return this;
    }

    /**
     * Where to keep copies for starts while their sources are away: of what the cloaked site looks like and, with an ad tag,
     * of the secret and the lists of middle proxies. Made if it is missing. Handshakes that were seen are not kept there: {@link
     * KeptReplayCache} does that. Default: nowhere.
     */
    public MtProxyBuilder cacheDirectory(Path value) {
        cacheDirectory = Optional.of(Objects.requireNonNull(value, "cacheDirectory"));
        return this;
    }

    /** Where Telegram is, for clients without an ad tag. Default {@link TelegramDirectory#builtIn}. */
    public MtProxyBuilder telegramDirectory(TelegramDirectory value) {
        directory = Objects.requireNonNull(value, "telegramDirectory");
        return this;
    }

    /** Which of Telegram's addresses to use and to prefer. Default {@link PreferIp#PREFER_IPV4}. */
    public MtProxyBuilder preferIp(PreferIp value) {
        preferIp = Objects.requireNonNull(value, "preferIp");
        return this;
    }

    /**
     * SOCKS5 servers through which Telegram is reached, its middle proxies included; the cloaked site and what is fetched
     * from core.telegram.org is not. The first one is used as long as it works; one that fails is tried last for five
     * minutes. Their names are looked up by the {@link #hostResolver}. With an ad tag only a server will do that tells the
     * port that it connects from, and if it does not tell the address too, that has to be given with {@link #publicIpv4}
     * or {@link #publicIpv6}, which then is also what links show; a {@link #publicAddressFinder} is not asked. Default:
     * none, Telegram is connected directly.
     *
     * @param value best first, at most {@value #MAX_SOCKS5_SERVERS}; none at all to connect directly
     */
    public MtProxyBuilder socks5(List<Socks5Server> value) {
        List<Socks5Server> copy = List.copyOf(Objects.requireNonNull(value, "socks5"));
        inRange("socks5", copy.size(), 0, MAX_SOCKS5_SERVERS);
        socks5 = copy;
        return this;
    }

    /**
     * What remembers handshakes. Default: in memory, at most {@link ReplayCache#defaultBytes}. One that has to be closed, as
     * {@link KeptReplayCache}, is closed by whoever made it, after the proxy has stopped.
     */
    public MtProxyBuilder replayCache(ReplayCache value) {
        replayCache = Objects.requireNonNull(value, "replayCache");
        return this;
    }

    /**
     * Adds an observer; may be called several times, each is told everything in this order. One that is to tell proxies apart
     * has to be another one for each. Default: none.
     */
    public MtProxyBuilder addObserver(ProxyObserver value) {
        observers.add(Objects.requireNonNull(value, "addObserver"));
        return this;
    }

    /**
     * Looks up the cloaked host, SOCKS5 servers and, with an ad tag, a public address that is a name. Default {@link
     * HostResolver#system}.
     */
    public MtProxyBuilder hostResolver(HostResolver value) {
        resolver = Objects.requireNonNull(value, "hostResolver");
        return this;
    }

    /**
     * How many client connections may be open, at least 1; more are refused as any other, for which a quarter more may be open
     * for a while (64 at least); whoever comes then is closed at once. Default: two fifths of the limit of open files, at most
     * 65,536, and no more than half of the heap has room for at 8 KB each.
     */
    public MtProxyBuilder maxConnections(int value) {
        maxConnections = inRange("maxConnections", value, 1, Integer.MAX_VALUE);
        return this;
    }

    /**
     * Who may try a handshake, by address; others are refused as strangers are. {@link AccessLists} is a filter that reads
     * lists. Default {@link ClientFilter#everybody}.
     */
    public MtProxyBuilder clientFilter(ClientFilter value) {
        clientFilter = Objects.requireNonNull(value, "clientFilter");
        return this;
    }

    /**
     * How many connections one address may have open, at least 1; an IPv6 /64 counts as one address. More are refused as any
     * other, far more closed at once. Default: no limit, as the networks of mobile phones put thousands of users behind one IPv4
     * address.
     */
    public MtProxyBuilder maxConnectionsPerAddress(int value) {
        maxConnectionsPerAddress = inRange("maxConnectionsPerAddress", value, 1, Integer.MAX_VALUE);
        return this;
    }

    /** How many handshakes may be in progress at once, at least 1; more are refused as any other. Default: no limit. */
    public MtProxyBuilder maxHandshakes(int value) {
        maxHandshakes = inRange("maxHandshakes", value, 1, Integer.MAX_VALUE);
        return this;
    }

    /**
     * How many handshakes may begin in a second, 1 to {@value #MAX_HANDSHAKE_RATE}, and after a quiet second at once; more are
     * refused as any other. Default: no limit.
     */
    public MtProxyBuilder maxHandshakeRate(int perSecond) {
        maxHandshakeRate = inRange("maxHandshakeRate", perSecond, 1, MAX_HANDSHAKE_RATE);
        return this;
    }

    /**
     * Bytes held for slow peers of all connections together, at least 1 MiB. When half of that is used, nothing more is
     * read for a slow peer until it has taken what it is held; when three quarters are used, new connections are refused;
     * when all of it is used, whoever has taken nothing for longest is closed.
     * Default: half of the memory that the JVM allows for direct buffers.
     */
    public MtProxyBuilder maxBufferedBytes(long value) {
        if (value < MIN_BUFFERED_BYTES) {
            throw new IllegalArgumentException("maxBufferedBytes: " + value + " is less than " + MIN_BUFFERED_BYTES);
        }
        maxBufferedBytes = value;
        return this;
    }

    /** Event loops, 1 to {@value #MAX_WORKERS}. Default: the processors. */
    public MtProxyBuilder workers(int value) {
        workers = inRange("workers", value, 1, MAX_WORKERS);
        return this;
    }

    /**
     * Client to Telegram: a client is not read while more than this many bytes are held for Telegram (one read may
     * overshoot). Setting it also fixes the kernel's buffers of that direction, which turns their autotuning off. {@value
     * #MIN_BUFFER} to {@value #MAX_BUFFER} bytes; default {@value #DEFAULT_BUFFER_TO_TELEGRAM}, autotuned.
     */
    public MtProxyBuilder bufferToTelegram(int bytes) {
        bufferToTelegram = inRange("bufferToTelegram", bytes, MIN_BUFFER, MAX_BUFFER);
        return this;
    }

    /** The same as {@link #bufferToTelegram} for Telegram to client. Default {@value #DEFAULT_BUFFER_TO_CLIENT}, autotuned. */
    public MtProxyBuilder bufferToClient(int bytes) {
        bufferToClient = inRange("bufferToClient", bytes, MIN_BUFFER, MAX_BUFFER);
        return this;
    }

    /**
     * Whether Telegram's bytes reach clients without being decrypted and encrypted again, which halves the ciphering. An
     * observer of both sides of the proxy can then match them. Matters without an ad tag only: middle proxies have ciphers of
     * their own. Default true.
     */
    public MtProxyBuilder passThrough(boolean value) {
        passThrough = value;
        return this;
    }

    /** How long the TLS records are that FakeTLS clients are sent. Default {@link RecordSizing#FULL}. */
    public MtProxyBuilder recordSizing(RecordSizing value) {
        recordSizing = Objects.requireNonNull(value, "recordSizing");
        return this;
    }

    /**
     * How far a FakeTLS client's clock may be off, either way; zero to 3650 days, of which whole seconds count. Default two
     * minutes.
     */
    public MtProxyBuilder timeSkew(Duration value) {
        timeSkew = inRange("timeSkew", value, Duration.ZERO, Duration.ofDays(3650));
        return this;
    }

    /** How long a client may take for its handshake, from being accepted; 10 ms to an hour. Default 10 seconds. */
    public MtProxyBuilder handshakeTimeout(Duration value) {
        handshakeTimeout = inRange("handshakeTimeout", value, Duration.ofMillis(10), Duration.ofHours(1));
        return this;
    }

    /** How long connecting to Telegram may take, over all addresses and SOCKS5 servers; 10 ms to an hour. Default 10 seconds. */
    public MtProxyBuilder connectTimeout(Duration value) {
        connectTimeout = inRange("connectTimeout", value, Duration.ofMillis(10), Duration.ofHours(1));
        return this;
    }

    /** How long a connection may carry nothing in either direction; 10 ms to a day. Default 5 minutes: phones sleep. */
    public MtProxyBuilder idleTimeout(Duration value) {
        idleTimeout = inRange("idleTimeout", value, Duration.ofMillis(10), Duration.ofDays(1));
        return this;
    }

    /** Tells the time of day, for FakeTLS hellos and, with an ad tag, for links to middle proxies. Default: the system's. */
    public MtProxyBuilder clock(InstantSource value) {
        clock = Objects.requireNonNull(value, "clock");
        return this;
    }

    /** Tells how time passes, for every time-out. For tests. */
    MtProxyBuilder ticker(Ticker value) {
        ticker = Objects.requireNonNull(value, "ticker");
        return this;
    }

    /** Where randomness comes from; must be fit for cryptography and thread-safe. For tests. */
    MtProxyBuilder random(RandomSource value) {
        random = Objects.requireNonNull(value, "random");
        return this;
    }

    /**
     * The proxy, not started. The builder may be used again.
     *
     * @throws IllegalStateException if there is no secret, or {@link #cloakProxyProtocol} is on and there is no site
     */
    public MtProxy build() {
        if (secret == null) {
            throw new IllegalStateException("a proxy needs a secret: call secret(…) before build()");
        }
        if (cloakProxyProtocol && cloakTarget(secret) == null) {
            throw new IllegalStateException(
                    "cloakProxyProtocol: with this kind of secret there is no site to tell: give one with cloakAddress(…)");
        }
        return new MtProxy(secret, config(secret));
    }

    private ProxyConfig config(Secret forSecret) {
        return new ProxyConfig(
                bind,
                publicIpv4,
                publicIpv6,
                publicAddressFinder,
                cloakTarget(forSecret),
                cloakAddress.isPresent(),
                cloakProbeInterval,
                cloakProxyProtocol,
                trustedProxies,
                adTag,
                middleProxies,
                cacheDirectory,
                directory,
                preferIp,
                socks5,
                replayCache != null ? replayCache : ReplayCache.inMemory(ReplayCache.defaultBytes()),
                List.copyOf(observers),
                resolver,
                clientFilter,
                maxConnections != 0
                        ? maxConnections
                        : Math.min(FileDescriptors.maxConnections(), HeapMemory.maxConnections()),
                new ClientLimits(maxConnectionsPerAddress, maxHandshakes, maxHandshakeRate),
                maxBufferedBytes != 0 ? maxBufferedBytes : DirectMemory.share(),
                workers,
                bufferToTelegram != 0 ? bufferToTelegram : DEFAULT_BUFFER_TO_TELEGRAM,
                bufferToClient != 0 ? bufferToClient : DEFAULT_BUFFER_TO_CLIENT,
                new SocketOptions(bufferToTelegram, bufferToClient),
                new SocketOptions(bufferToClient, bufferToTelegram),
                passThrough,
                recordSizing,
                timeSkew,
                handshakeTimeout,
                connectTimeout,
                idleTimeout,
                clock,
                ticker,
                random);
    }

    private @Nullable InetSocketAddress cloakTarget(Secret forSecret) {
        if (cloakAddress.isEmpty()) {
            return forSecret
                    .host()
                    .map(host -> InetSocketAddress.createUnresolved(host, cloakPort))
                    .orElse(null);
        }
        InetSocketAddress address = cloakAddress.get();
        if (address.getPort() != 0) {
            return address;
        }
        return address.isUnresolved()
                ? InetSocketAddress.createUnresolved(address.getHostString(), cloakPort)
                : new InetSocketAddress(address.getAddress(), cloakPort);
    }
}
