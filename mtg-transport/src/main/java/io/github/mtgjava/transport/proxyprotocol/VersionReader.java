package io.github.mtgjava.transport.proxyprotocol;

import io.github.mtgjava.transport.proxyprotocol.ProxyHeaderDecoder.Status;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads the header of one version. */
interface VersionReader {

    /** Consumes what is missing of the header at most; not called again after an end status. */
    Status decode(ByteBuffer in);

    /** What a complete header tells of; null if of nothing that counts. */
    @Nullable
    ProxiedConnection connection();
}
