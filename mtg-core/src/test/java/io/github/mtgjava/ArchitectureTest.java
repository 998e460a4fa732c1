package io.github.mtgjava;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.mtgjava.crypto.AesCtr;
import io.github.mtgjava.internal.Observers;
import io.github.mtgjava.internal.ProxyConfig;
import io.github.mtgjava.internal.telegram.BuiltInDirectory;
import io.github.mtgjava.probe.ProbeException;
import io.github.mtgjava.replay.InMemoryReplayCache;
import io.github.mtgjava.spi.ReplayCache;
import io.github.mtgjava.spi.TelegramDirectory;
import io.github.mtgjava.transport.nio.EventLoop;
import java.net.URL;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may know whom: the rooms of the house, and which way their doors open. */
class ArchitectureTest {

    private static final String ROOT = "io.github.mtgjava";
    private static final String SPI = ROOT + ".spi..";
    private static final String METRICS = ROOT + ".metrics..";
    private static final String SESSION = ROOT + ".internal.session..";
    private static final String LINK = ROOT + ".internal.telegram.link..";
    private static final String BOOTSTRAP = ROOT + ".internal.telegram.bootstrap..";
    private static final String FETCH = ROOT + ".internal.fetch..";
    private static final String ACCESS = ROOT + ".internal.access..";
    private static final String DIAL = ROOT + ".internal.telegram.dial..";
    private static final String PROBE = ROOT + ".internal.probe..";
    private static final String PUBLIC_PROBE = ROOT + ".probe..";
    private static final String CRYPTO = ROOT + ".crypto..";
    private static final String TRANSPORT = ROOT + ".transport..";
    private static final String NIO = ROOT + ".transport.nio..";
    private static final String[] CODECS = {
        ROOT + ".transport.obfuscated2..",
        ROOT + ".transport.faketls..",
        ROOT + ".transport.framing..",
        ROOT + ".transport.middleproxy..",
        ROOT + ".transport.proxyprotocol..",
        ROOT + ".transport.ip..",
        ROOT + ".transport.socks5.."
    };
    private static final String JSPECIFY = "org.jspecify.annotations..";

    /** The words that events, settings and answers are made of: everybody speaks them, they know nobody. */
    private static final Class<?>[] WORDS = {
        CloseReason.class,
        RefusalReason.class,
        SecretType.class,
        Transport.class,
        IpFamily.class,
        IpPrefix.class,
        PreferIp.class,
        RecordSizing.class,
        Secret.class,
        ProxyStats.class,
        ProxyStats.Client.class,
        ProxyStats.Telegram.class,
        ProxyStats.MiddleProxyLinks.class,
        AdTag.class,
        MiddleProxyOptions.class,
        LinkFailureReason.class,
        LinkCloseReason.class,
        MtProxyException.class,
        MtProxyException.Reason.class,
        ProbeException.class,
        ProbeException.Fault.class,
        Socks5Server.class
    };

    /** What a proxy was told and whom it tells: the sessions' surroundings, which do not know the sessions. */
    private static final Class<?>[] SURROUNDINGS = {ProxyConfig.class, Observers.class};

    private static JavaClasses house;

    @BeforeAll
    static void importOurClassesOnce() {
        // What the JDK's classes are made of does not matter here, and reading them takes long.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        Set<URL> modules = Stream.of(AesCtr.class, EventLoop.class, MtProxy.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .collect(Collectors.toSet());
        house = new ClassFileImporter().importUrls(modules);
    }

    @Test
    void looksAtAllModulesAndAtNoTests() {
        assertThat(Stream.of(AesCtr.class, EventLoop.class, MtProxy.class, ReplayCache.class))
                .allMatch(house::contain);
        assertThat(house.contain(ArchitectureTest.class)).isFalse();
    }

    @Test
    void cryptoKnowsNoSocketsNoProtocolsAndNoLogging() {
        classes()
                .that()
                .resideInAPackage(CRYPTO)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        CRYPTO,
                        JSPECIFY,
                        "java.lang..",
                        "java.math",
                        "java.util..",
                        "java.nio",
                        "java.security..",
                        "javax.crypto..")
                .check(house);
    }

    @Test
    void transportKnowsCryptoAndNothingOfTheProxy() {
        classes()
                .that()
                .resideInAPackage(TRANSPORT)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(TRANSPORT, CRYPTO, JSPECIFY, "java..", "jdk.net", "org.slf4j..")
                .check(house);
    }

    @Test
    void codecsKnowNoSocketsNoClocksAndNoThreads() {
        noClasses()
                .that()
                .resideInAnyPackage(CODECS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        NIO,
                        "java.net..",
                        "java.nio.channels..",
                        "java.util.concurrent..",
                        "java.time..",
                        "org.slf4j..")
                .orShould()
                .dependOnClassesThat(belongToAnyOf(Thread.class))
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(house);
    }

    @Test
    void nioKnowsNoProtocol() {
        noClasses()
                .that()
                .resideInAPackage(NIO)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CODECS)
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage(CRYPTO)
                .check(house);
    }

    @Test
    void coreKnowsNeitherCommandLineNorLogImplementation() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".cli..", "picocli..", "ch.qos.logback..")
                .check(house);
    }

    /** It is optional: whoever does not use that package must not miss it. */
    @Test
    void onlyTheMetricsPackageKnowsMicrometer() {
        noClasses()
                .that()
                .resideOutsideOfPackage(METRICS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micrometer..", METRICS)
                .check(house);
    }

    @Test
    void metricsSeeOnlyWhatAnyObserverSees() {
        classes()
                .that()
                .resideInAPackage(METRICS)
                .should()
                .onlyDependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(
                                METRICS, SPI, JSPECIFY, "java..", "com.sun.management", "io.micrometer.core..")
                        .or(belongToAnyOf(WORDS)))
                .check(house);
    }

    @Test
    void spiKnowsNoSessions() {
        noClasses()
                .that()
                .resideInAPackage(SPI)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(SESSION)
                .check(house);
    }

    /** They carry messages for somebody; who that is they need not know, nor what the proxy was told. */
    @Test
    void linksAndDialsKnowNoSessions() {
        noClasses()
                .that()
                .resideInAnyPackage(LINK, BOOTSTRAP, DIAL)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(SESSION)
                .orShould()
                .dependOnClassesThat(belongToAnyOf(SURROUNDINGS))
                .check(house);
    }

    @Test
    void listsOfAddressesKnowNoSessions() {
        noClasses()
                .that()
                .resideInAnyPackage(ACCESS, FETCH)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SESSION, SPI, ROOT + ".internal.telegram..")
                .orShould()
                .dependOnClassesThat(belongToAnyOf(SURROUNDINGS))
                .check(house);
    }

    /** They block, so no loop may be near. */
    @Test
    void whatFetchesKnowsNoLinksAndNoLoops() {
        noClasses()
                .that()
                .resideInAnyPackage(BOOTSTRAP, FETCH, ACCESS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(LINK, NIO)
                .check(house);
    }

    /** What acts as a client must not lean on what serves clients, nor run on its loops. */
    @Test
    void probesKnowCodecsAndNothingOfARunningProxy() {
        noClasses()
                .that()
                .resideInAnyPackage(PROBE, PUBLIC_PROBE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(NIO, SPI, ROOT + ".replay..")
                .orShould()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage(ROOT + ".internal..")
                        .and(not(JavaClass.Predicates.resideInAPackage(PROBE))))
                .orShould()
                .dependOnClassesThat(belongToAnyOf(MtProxy.class, MtProxyBuilder.class, ProxyLinks.class))
                .check(house);
    }

    /** To look like the site that it cloaks it has to look at it. */
    @Test
    void nothingOfAProxyProbesButTheSiteThatItCloaks() {
        noClasses()
                .that()
                .resideOutsideOfPackages(PROBE, PUBLIC_PROBE, ROOT + ".internal.cloak")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(PROBE, PUBLIC_PROBE)
                .check(house);
    }

    /** Two doors stand open on purpose: the factories through which an SPI offers what is built in. */
    @Test
    void packagesFormNoCycles() {
        DescribedPredicate<JavaClass> anybody = DescribedPredicate.alwaysTrue();
        slices().assignedFrom(new Packages())
                .should()
                .beFreeOfCycles()
                .ignoreDependency(ReplayCache.class, InMemoryReplayCache.class)
                .ignoreDependency(TelegramDirectory.class, BuiltInDirectory.class)
                .ignoreDependency(anybody, belongToAnyOf(WORDS))
                .ignoreDependency(JavaClass.Predicates.resideInAPackage(SESSION), belongToAnyOf(SURROUNDINGS))
                .check(house);
    }

    @Test
    void wordsKnowNobody() {
        noClasses()
                .that(belongToAnyOf(WORDS))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SPI, TRANSPORT, ROOT + ".internal..", ROOT + ".replay..")
                .orShould()
                .dependOnClassesThat(belongToAnyOf(MtProxy.class, MtProxyBuilder.class, ProxyLinks.class))
                .check(house);
    }

    @Test
    void surroundingsOfSessionsKnowNoSessions() {
        noClasses()
                .that(belongToAnyOf(SURROUNDINGS))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(SESSION)
                .check(house);
    }

    @Test
    void exportedSignaturesShowNothingInternal() {
        classes()
                .that()
                .arePublic()
                .and()
                .resideInAnyPackage(ROOT, SPI, PUBLIC_PROBE, METRICS)
                .should(new ShowNothingOf(
                        JavaClass.Predicates.resideInAnyPackage(ROOT + ".internal..", ROOT + ".replay..")))
                .check(house);
    }

    @Test
    void nobodyPrintsOrEndsTheJvm() {
        noClasses()
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethodWhere(target(name("printStackTrace")))
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(house);
    }
}
