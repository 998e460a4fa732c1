package io.github.mtgjava.transport.faketls;

/**
 * What a TLS server has chosen. Nothing of it is authenticated.
 *
 * @param version the protocol version, an unsigned 16-bit number: {@value Tls#TLS_1_3} for TLS 1.3
 * @param cipherSuite an unsigned 16-bit number
 * @param group the group of the key share, or the one that is asked for; 0 if there is none
 * @param helloRetryRequest whether the server asks for another ClientHello
 * @param order which of its two extensions comes first; {@link ExtensionOrder#KEY_SHARE_FIRST} if it has not both
 */
public record ServerHello(int version, int cipherSuite, int group, boolean helloRetryRequest, ExtensionOrder order) {

    /**
     * Whether the rest of the flight is that of TLS 1.3.
     *
     * @return true if the version says so
     */
    public boolean tls13() {
        return version == Tls.TLS_1_3;
    }
}
