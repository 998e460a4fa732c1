package io.github.mtgjava.transport.proxyprotocol;

import io.github.mtgjava.transport.proxyprotocol.ProxyHeaderDecoder.Status;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a header of version 2. The addresses of TCP connections are kept; everything else, such as the extensions behind
 * them, is skipped as it comes.
 */
final class V2Reader implements VersionReader {

    /** A bound of our own. */
    static final int MAX_BYTES = 2048;

    private static final int MAX_ENDS_BYTES = V2Layout.endsBytes(TcpEnd.IPV6_BYTES);
    private static final int UNIX_ENDS_BYTES = 2 * 108;

    private final byte[] head = new byte[V2Layout.ADDRESSES_AT + MAX_ENDS_BYTES];
    /** How much of the header has come. */
    private int read;
    /** The header's length, as soon as it is known. */
    private int total;

    @Override
    public Status decode(ByteBuffer in) {
        while (in.hasRemaining() && read < V2Layout.ADDRESSES_AT) {
            head[read] = in.get();
            if (!isPossible(read)) {
                return Status.REJECTED;
            }
            read++;
        }
        if (read < V2Layout.ADDRESSES_AT) {
            return Status.NEED_INPUT;
        }
        if (total == 0) {
            total = V2Layout.ADDRESSES_AT + uint16(V2Layout.LENGTH_AT);
            if (total > MAX_BYTES || total < V2Layout.ADDRESSES_AT + shortest()) {
                return Status.REJECTED;
            }
        }
        take(in);
        return read == total ? Status.COMPLETE : Status.NEED_INPUT;
    }

    /** Whether the header may have this byte in that place. Nobody is made to wait who has sent something else. */
    private boolean isPossible(int at) {
        int value = head[at] & 0xff;
        int high = value >> 4;
        int low = value & 0xf;
        return switch (at) {
            case V2Layout.VERSION_AND_COMMAND_AT -> high == V2Layout.VERSION && low <= V2Layout.PROXY;
            // Of senders that speak for themselves nothing more is looked at.
            case V2Layout.FAMILY_AND_TRANSPORT_AT ->
                isLocal() || (high <= V2Layout.UNIX_FAMILY && low <= V2Layout.DATAGRAMS);
            default -> at >= V2Layout.LENGTH_AT || head[at] == V2Layout.signatureAt(at);
        };
    }

    private boolean isLocal() {
        return (head[V2Layout.VERSION_AND_COMMAND_AT] & 0xf) == V2Layout.LOCAL;
    }

    /** How long the addresses are that the family promises. */
    private int shortest() {
        int familyAndTransport = head[V2Layout.FAMILY_AND_TRANSPORT_AT];
        if (isLocal() || (familyAndTransport & 0xf) == 0) {
            return 0;
        }
        return switch (familyAndTransport >> 4) {
            case 1 -> V2Layout.endsBytes(TcpEnd.IPV4_BYTES);
            case 2 -> V2Layout.endsBytes(TcpEnd.IPV6_BYTES);
            case V2Layout.UNIX_FAMILY -> UNIX_ENDS_BYTES;
            default -> 0;
        };
    }

    private void take(ByteBuffer in) {
        int count = Math.min(in.remaining(), total - read);
        int kept = Math.max(0, Math.min(count, head.length - read));
        if (kept > 0) {
            in.get(head, read, kept);
        }
        in.position(in.position() + count - kept);
        read += count;
    }

    @Override
    public @Nullable ProxiedConnection connection() {
        return switch (isLocal() ? 0 : head[V2Layout.FAMILY_AND_TRANSPORT_AT]) {
            case V2Layout.TCP_OVER_IPV4 -> connection(TcpEnd.IPV4_BYTES);
            case V2Layout.TCP_OVER_IPV6 -> connection(TcpEnd.IPV6_BYTES);
            default -> null;
        };
    }

    private ProxiedConnection connection(int addressBytes) {
        int destinationAt = V2Layout.ADDRESSES_AT + addressBytes;
        int portsAt = destinationAt + addressBytes;
        return new ProxiedConnection(
                TcpEnd.of(Arrays.copyOfRange(head, V2Layout.ADDRESSES_AT, destinationAt), uint16(portsAt)),
                TcpEnd.of(Arrays.copyOfRange(head, destinationAt, portsAt), uint16(portsAt + Short.BYTES)));
    }

    private int uint16(int at) {
        return (head[at] & 0xff) << 8 | (head[at + 1] & 0xff);
    }
}
