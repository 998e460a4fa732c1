package io.github.mtgjava.transport.faketls;

import io.github.mtgjava.crypto.ConstantTime;
import io.github.mtgjava.crypto.HmacSha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A well-formed ClientHello (docs/protocol.md, ClientHello). Nothing in it is to be trusted before {@link #authenticate} has answered.
 * Immutable.
 */
public final class ClientHello {

    /** How many bytes of the random are the digest alone. */
    private static final int DIGEST_BYTES = 28;

    private static final int REPLAY_KEY_BYTES = 16;
    private static final int NONE = -1;
    private static final int FIRST_TLS_1_3_SUITE = 0x1301;
    private static final int LAST_TLS_1_3_SUITE = 0x1303;

    private final byte[] record;
    private final Range sessionId;
    private final Range cipherSuites;
    private final @Nullable Range serverName;
    private final Range keyShares;

    /** Takes the hello as a single record, which it keeps, and where things are in it. */
    ClientHello(byte[] record, Range sessionId, Range cipherSuites, @Nullable Range serverName, Range keyShares) {
        this.record = record;
        this.sessionId = sessionId;
        this.cipherSuites = cipherSuites;
        this.serverName = serverName;
        this.keyShares = keyShares;
    }

    /**
     * The random, in which a Telegram client authenticates itself.
     *
     * @return a fresh array of 32 bytes
     */
    public byte[] random() {
        return Arrays.copyOfRange(record, Tls.RANDOM_OFFSET, Tls.RANDOM_OFFSET + Tls.RANDOM_BYTES);
    }

    /**
     * The session id, which a server echoes.
     *
     * @return a fresh array of 0 to 32 bytes
     */
    public byte[] sessionId() {
        return sessionId.of(record);
    }

    /**
     * The host that the client names (SNI).
     *
     * @return one or more printable ASCII characters, in the client's spelling; empty if there is no SNI
     */
    public Optional<String> serverName() {
        return Optional.ofNullable(serverName).map(name -> new String(name.of(record), StandardCharsets.US_ASCII));
    }

    /**
     * The cipher suites on offer, without GREASE.
     *
     * @return unsigned 16-bit numbers in the client's order
     */
    public List<Integer> cipherSuites() {
        List<Integer> suites = new ArrayList<>();
        for (int at = cipherSuites.start(); at < cipherSuites.end(); at += 2) {
            int suite = Tls.unsigned16(record, at);
            if (!Tls.isGrease(suite)) {
                suites.add(suite);
            }
        }
        return List.copyOf(suites);
    }

    /**
     * The cipher suite of TLS 1.3 that the client prefers.
     *
     * @return the first of 0x1301, 0x1302 and 0x1303 in the client's order; empty if there is none
     */
    public OptionalInt preferredTls13Suite() {
        return cipherSuites().stream()
                .mapToInt(Integer::intValue)
                .filter(suite -> suite >= FIRST_TLS_1_3_SUITE && suite <= LAST_TLS_1_3_SUITE)
                .findFirst();
    }

    /**
     * Whether the client offers that suite.
     *
     * @param suite an unsigned 16-bit number
     * @return true if it is on the client's list
     */
    public boolean offersSuite(int suite) {
        return cipherSuites().contains(suite);
    }

    /**
     * Whether the client has sent a key of that group, so that a server may answer in it.
     *
     * @param group the group
     * @return true if there is a share of exactly the right length
     */
    public boolean sharesKey(KeyShareGroup group) {
        return keyShareAt(group) != NONE;
    }

    /**
     * The key of that group that the client has sent.
     *
     * @param group the group
     * @return a fresh array; empty if there is no share of exactly the right length
     */
    public Optional<byte[]> keyShare(KeyShareGroup group) {
        int at = keyShareAt(group);
        return at == NONE
                ? Optional.empty()
                : Optional.of(Arrays.copyOfRange(record, at, at + group.clientShareBytes()));
    }

    private int keyShareAt(KeyShareGroup group) {
        for (int at = keyShares.start(); at < keyShares.end(); ) {
            int length = Tls.unsigned16(record, at + 2);
            if (Tls.unsigned16(record, at) == group.code() && length == group.clientShareBytes()) {
                return at + 4;
            }
            at += 4 + length;
        }
        return NONE;
    }

    /**
     * Checks the digest that a Telegram client hides in the random. The timestamp is masked with the digest but not
     * covered by it: anyone can move that of a recorded hello.
     *
     * @param key the 16-byte key part of the secret
     * @return what the client's clock said, Unix seconds from 0 to 2<sup>32</sup> − 1; empty if the digest is wrong
     */
    public OptionalLong authenticate(byte[] key) {
        byte[] zeroed = record.clone();
        Arrays.fill(zeroed, Tls.RANDOM_OFFSET, Tls.RANDOM_OFFSET + Tls.RANDOM_BYTES, (byte) 0);
        byte[] digest = HmacSha256.of(key, zeroed);
        long timestamp = 0;
        for (int i = Tls.RANDOM_BYTES - 1; i >= DIGEST_BYTES; i--) {
            timestamp = (timestamp << 8) | ((digest[i] ^ record[Tls.RANDOM_OFFSET + i]) & 0xff);
        }
        return ConstantTime.equal(digest, 0, record, Tls.RANDOM_OFFSET, DIGEST_BYTES)
                ? OptionalLong.of(timestamp)
                : OptionalLong.empty();
    }

    /**
     * What a replayed hello cannot change.
     *
     * @return a fresh array with the first 16 bytes of the random, which has no malleable byte in it
     */
    public byte[] replayKey() {
        return Arrays.copyOfRange(record, Tls.RANDOM_OFFSET, Tls.RANDOM_OFFSET + REPLAY_KEY_BYTES);
    }

    /** The hello in a single record: what the client authenticated, whatever it was split into later. */
    byte[] canonical() {
        return record.clone();
    }

    /** The length only: a recorded hello can be replayed, and its SNI says who uses what. */
    @Override
    public String toString() {
        return "ClientHello[" + record.length + " bytes]";
    }
}
