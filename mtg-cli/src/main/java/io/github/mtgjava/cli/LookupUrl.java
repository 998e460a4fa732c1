package io.github.mtgjava.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;

/**
 * A service that answers with the address it is asked from, or the word {@code none}.
 *
 * @param url http or https, with a host; empty for {@code none}
 */
public record LookupUrl(Optional<URI> url) {

    /** Reads it. */
    public static final class Converter implements ITypeConverter<LookupUrl> {

        @Override
        public LookupUrl convert(String text) {
            if (text.equals("none")) {
                return new LookupUrl(Optional.empty());
            }
            try {
                URI url = new URI(text);
                if (url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                    return new LookupUrl(Optional.of(url));
                }
            } catch (URISyntaxException malformed) {
                // said below
            }
            throw new IllegalArgumentException("expected none or a URL such as https://ifconfig.co/ip");
        }
    }
}
