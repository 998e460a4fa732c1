package io.github.mtgjava.internal.probe;

import io.github.mtgjava.transport.faketls.ExtensionOrder;
import java.util.List;

/**
 * What a TLS server's first flight looks like from outside.
 *
 * @param tls13 whether the server chose TLS 1.3; if not, the other components are 0, false and empty, except for the suite
 *     of a ServerHello of an older version
 * @param cipherSuite the suite it chose, an unsigned 16-bit number; 0 if there was no ServerHello
 * @param group the group of its key share, or the one it asks for in a HelloRetryRequest, an unsigned 16-bit number; 0 if it
 *     named none
 * @param helloRetryRequest whether it liked none of the two key shares and asked for another hello, which the probe does
 *     not send
 * @param extensionOrder which of the two extensions of its ServerHello comes first, which tells TLS libraries apart;
 *     meaningless if it is not one of TLS 1.3
 * @param encryptedRecords the payload sizes of the application-data records behind the ServerHello, in order
 */
public record OriginAnswer(
        boolean tls13,
        int cipherSuite,
        int group,
        boolean helloRetryRequest,
        ExtensionOrder extensionOrder,
        List<Integer> encryptedRecords) {

    /** Copies the list. */
    public OriginAnswer {
        encryptedRecords = List.copyOf(encryptedRecords);
    }
}
