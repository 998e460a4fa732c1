package io.github.mtgjava.internal.access;

import io.github.mtgjava.crypto.Sha256;
import io.github.mtgjava.internal.fetch.Fetchable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A list on a web site. */
final class ListUrl implements Fetchable {

    /** Enough to tell the lists of one proxy apart. */
    private static final int NAME_BYTES = 8;

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
        byte[] hash = Sha256.of(url.toString().getBytes(StandardCharsets.UTF_8));
        return "access-list-" + HexFormat.of().formatHex(hash, 0, NAME_BYTES);
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
