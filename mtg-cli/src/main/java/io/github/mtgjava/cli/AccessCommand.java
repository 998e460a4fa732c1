package io.github.mtgjava.cli;

import io.github.mtgjava.ProxyLinks;
import io.github.mtgjava.ProxyLinks.AddressLinks;
import io.github.mtgjava.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows the links to a proxy without starting it. */
@Command(
        name = "access",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        header = "Prints the links to a proxy as JSON, as 'run' does, or draws QR codes.",
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:the public address is unknown, or a file cannot be written", "2:wrong usage"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  mtg-cli access --secret-file secret -4 203.0.113.5:443",
            "  mtg-cli access --secret-file secret -4 203.0.113.5:443 --qr",
            "",
            "Whoever has the links, or a picture of the QR code, can use the proxy. The tg_qrcode links in the",
            "JSON lead to a web service, which learns the secret when one is opened; --qr asks nobody."
        })
final class AccessCommand implements Callable<Integer> {

    private final Environment environment;
    private final InputStream input;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private final AccessOptions options = new AccessOptions();

    AccessCommand(Environment environment, InputStream input) {
        this.environment = environment;
        this.input = input;
    }

    @Override
    public Integer call() throws InterruptedException {
        Secret secret = new SecretSource(environment, input).read(spec, options.secret, options.secretFile);
        if (options.bind.getPort() == 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "port 0 is any free port, which only a running proxy knows",
                    spec.findOption("--bind"),
                    null);
        }
        ProxyLinks links = links(secret);
        List<AddressLinks> families =
                Stream.of(links.ipv4(), links.ipv6()).flatMap(Optional::stream).toList();
        writePng(families.get(0));
        return Output.print(spec, options.qr ? drawings(families) : links.toJson());
    }

    private ProxyLinks links(Secret secret) throws InterruptedException {
        PublicAddressLookup lookup = PublicAddressLookup.of(options.publicIpUrls);
        InetSocketAddress bind = options.bind;
        Optional<ProxyLinks> known = new PublicLinks(secret, options.publicIpv4, options.publicIpv6, lookup).find(bind);
        if (known.isPresent()) {
            return known.get();
        }
        if (bind.getAddress().isAnyLocalAddress()) {
            throw new CommandFailure(
                    "the public address is unknown, so there is nothing to link to: give it with -4 or"
                            + " -6, or a service that tells it with --public-ip-url",
                    null);
        }
        return PublicLinks.atBindAddress(secret, bind);
    }

    private void writePng(AddressLinks links) {
        if (options.qrPng == null) {
            return;
        }
        try {
            QrCode.of(links.tgUrl()).writePng(options.qrPng);
        } catch (IOException e) {
            throw new CommandFailure(
                    "cannot write " + options.qrPng + ": is its directory there, and are you allowed to write?", e);
        }
    }

    private static String drawings(List<AddressLinks> families) {
        StringBuilder text = new StringBuilder();
        for (AddressLinks links : families) {
            text.append(links.tgUrl())
                    .append('\n')
                    .append(QrCode.of(links.tgUrl()).drawing());
        }
        return text.toString();
    }
}
