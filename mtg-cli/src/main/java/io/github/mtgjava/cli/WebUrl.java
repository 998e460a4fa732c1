package io.github.mtgjava.cli;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.ITypeConverter;

/** Reads a URL of http or https with a host. */
public final class WebUrl implements ITypeConverter<URI> {

    @Override
    public URI convert(String text) {
        try {
            URI url = new URI(text);
            if (url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                return url;
            }
        } catch (URISyntaxException malformed) {
            // said below
        }
        throw new IllegalArgumentException("expected a URL such as https://www.example.com/");
    }

    /** The URL for messages: without its user info and its query, which may be secret. */
    public static String plain(URI url) {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return url.getScheme() + "://" + url.getHost() + port + url.getRawPath();
    }
}
