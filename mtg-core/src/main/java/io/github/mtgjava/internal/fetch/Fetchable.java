package io.github.mtgjava.internal.fetch;

import org.jspecify.annotations.Nullable;

/** A document that is fetched and kept: what is to be known of it without reading it. */
public interface Fetchable {

    /** As messages call it. */
    String title();

    /** The name of its copy on disk. */
    String fileName();

    /** More than it will ever have. */
    int maxBytes();

    /** What is wrong with such content, in words that go behind "it"; null if nothing is. */
    @Nullable
    String fault(byte[] content);
}
