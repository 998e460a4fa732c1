package io.github.mtgjava.crypto;

import java.lang.reflect.Method;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * ML-KEM-768 of the JDK, which has it from version 24 on. This is compiled for 17, where even its interface is missing: hence
 * the reflection. Safe to use from any thread.
 */
final class JdkMlKem768 {

    private static final String ALGORITHM = "ML-KEM-768";

    /** What stands before a public key in X.509: lengths and the number of the algorithm. */
    private static final byte[] X509_HEADER = HexFormat.of().parseHex("308204b2300b0609608648016503040402038204a100");

    private final Object kem;
    private final Method newEncapsulator;
    private final Method encapsulate;
    private final Method encapsulation;

    private JdkMlKem768() throws ReflectiveOperationException {
        Class<?> type = Class.forName("javax.crypto.KEM");
        kem = type.getMethod("getInstance", String.class).invoke(null, ALGORITHM);
        newEncapsulator = type.getMethod("newEncapsulator", PublicKey.class);
        encapsulate = newEncapsulator.getReturnType().getMethod("encapsulate");
        encapsulation = encapsulate.getReturnType().getMethod("encapsulation");
    }

    /** What this JDK has; empty if it has nothing. */
    static Optional<JdkMlKem768> find() {
        try {
            return Optional.of(new JdkMlKem768());
        } catch (ReflectiveOperationException older) {
            return Optional.empty();
        }
    }

    /** A ciphertext for whoever holds the private key; empty if the bytes are no public key. */
    Optional<byte[]> encapsulate(byte[] publicKey) {
        byte[] x509 = Arrays.copyOf(X509_HEADER, X509_HEADER.length + publicKey.length);
        System.arraycopy(publicKey, 0, x509, X509_HEADER.length, publicKey.length);
        try {
            PublicKey key = KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(x509));
            Object encapsulated = encapsulate.invoke(newEncapsulator.invoke(kem, key));
            return Optional.of((byte[]) encapsulation.invoke(encapsulated));
        } catch (GeneralSecurityException | ReflectiveOperationException refused) {
            return Optional.empty();
        }
    }
}
