package io.github.mtgjava.internal.fetch;

import java.net.URI;

/** URLs as logs have them. */
public final class Urls {

    private Urls() {}

    /** The URL without what may be secret in it: user and query. */
    public static String plain(URI url) {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort())
                + url.getRawPath();
    }
}
