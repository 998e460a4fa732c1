package io.github.mtgjava;

import java.net.URI;
import java.util.Objects;

/** What URLs in options have to be. */
final class WebUrls {

    private WebUrls() {}

    /** The URL, if it is an http or https one with a host. */
    static URI checked(String option, URI url) {
        Objects.requireNonNull(url, option);
        String scheme = url.getScheme();
        boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        if (!web || url.getHost() == null) {
            throw new IllegalArgumentException(option + ": not an http or https URL with a host");
        }
        return url;
    }
}
