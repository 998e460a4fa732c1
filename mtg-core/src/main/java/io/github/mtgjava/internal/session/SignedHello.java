package io.github.mtgjava.internal.session;

import io.github.mtgjava.transport.faketls.ClientHello;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A hello, and the key that proved to have made it: what answers it has to be made with the same. */
final class SignedHello {

    private final ClientHello hello;
    private final byte[] key;
    private final long timestamp;

    private SignedHello(ClientHello hello, byte[] key, long timestamp) {
        this.hello = hello;
        this.key = key;
        this.timestamp = timestamp;
    }

    /**
     * Looks for the key of a hello; null if it is none of these. Tries all of them, also behind the one that fits: how long
     * a refusal takes does not tell which secret was known.
     */
    static @Nullable SignedHello of(ClientHello hello, List<byte[]> keys) {
        SignedHello signed = null;
        for (byte[] key : keys) {
            OptionalLong timestamp = hello.authenticate(key);
            if (signed == null && timestamp.isPresent()) {
                signed = new SignedHello(hello, key, timestamp.getAsLong());
            }
        }
        return signed;
    }

    ClientHello hello() {
        return hello;
    }

    /** Not to be changed. */
    byte[] key() {
        return key;
    }

    /** What the client's clock said, in Unix seconds. */
    long timestamp() {
        return timestamp;
    }
}
