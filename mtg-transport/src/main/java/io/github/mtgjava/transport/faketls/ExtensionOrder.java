package io.github.mtgjava.transport.faketls;

/** In which order a server writes the two extensions of its ServerHello. It tells TLS libraries apart. */
public enum ExtensionOrder {
    /** key_share, supported_versions: BoringSSL. */
    KEY_SHARE_FIRST,

    /** supported_versions, key_share: OpenSSL. */
    SUPPORTED_VERSIONS_FIRST
}
