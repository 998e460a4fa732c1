package io.github.mtgjava.internal.access;

import io.github.mtgjava.internal.fetch.CacheDirectory;
import io.github.mtgjava.internal.fetch.Fetchable;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A list on a web site. */
final class ListUrl implements Fetchable {

    private final URI url;
    private final AccessList list;

    ListUrl(URI url, AccessList list) {
        this.url = url;
        this.list = list;
    }

    URI url() {
        return url;
    }

    AccessList list() {
        return list;
    }

    @Override
    public String title() {
        return list.title();
    }

    /** The URL may have a secret in it, which is nothing for a directory. */
    @Override
    public String fileName() {
        return CacheDirectory.fileName("access-list", url.toString());
    }

    @Override
    public int maxBytes() {
        return PrefixList.MAX_BYTES;
    }

    @Override
    public @Nullable String fault(byte[] content) {
        return AccessList.fault(content);
    }
}
