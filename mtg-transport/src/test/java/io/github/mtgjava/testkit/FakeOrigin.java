package io.github.mtgjava.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A genuine TLS 1.3 web server (or an older one) to hide behind: the JDK's, with a self-signed certificate for {@code origin.test},
 * {@code localhost} and 127.0.0.1. It answers every request with one page and closes. Visitors that do not speak TLS
 * are no error. Thread-safe.
 */
public final class FakeOrigin implements AutoCloseable {
    /** The name in the certificate. */
    public static final String HOST = "origin.test";
    /** A text that every page contains. */
    public static final String MARKER = "This is the origin behind the proxy.";

    private static final String KEY_STORE = "/testkit/origin.p12";
    private static final char[] PASSWORD = "testkit".toCharArray();

    private final LoopbackServer server;
    private final X509Certificate certificate;
    private final SSLContext clientContext;

    private FakeOrigin(SSLParameters parameters) throws IOException, GeneralSecurityException {
        KeyStore keys = keyStore();
        certificate = (X509Certificate) keys.getCertificate("origin");
        clientContext = trusting(certificate);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(factory.getKeyManagers(), null, null);
        SSLServerSocket listener = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, LoopbackServer.BACKLOG, LoopbackServer.ipv4());
        listener.setSSLParameters(parameters);
        server = LoopbackServer.start("origin", listener, FakeOrigin::serve);
    }

    /** Starts on an ephemeral port of 127.0.0.1. */
    public static FakeOrigin start() throws IOException {
        return start(parameters("TLSv1.3"));
    }

    /** Starts one that uses no other cipher than ChaCha20-Poly1305. */
    public static FakeOrigin startChaCha20() throws IOException {
        SSLParameters parameters = parameters("TLSv1.3");
        parameters.setCipherSuites(new String[] {"TLS_CHACHA20_POLY1305_SHA256"});
        return start(parameters);
    }

    /** Starts one that knows no TLS 1.3. */
    public static FakeOrigin startTls12() throws IOException {
        return start(parameters("TLSv1.2"));
    }

    private static SSLParameters parameters(String protocol) {
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {protocol});
        return parameters;
    }

    private static FakeOrigin start(SSLParameters parameters) throws IOException {
        try {
            return new FakeOrigin(parameters);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has TLS 1.3 and P-256", e);
        }
    }

    /** Returns the address to connect to. */
    public InetSocketAddress address() {
        return server.address();
    }

    /** Returns how many TCP connections came so far. */
    public int connections() {
        return server.accepted();
    }

    /** Returns the server's certificate. */
    public Certificate certificate() {
        return certificate;
    }

    /** Returns a context for clients that trust exactly this server's certificate. */
    public SSLContext clientContext() {
        return clientContext;
    }

    /**
     * Fetches the page as a browser would that was told {@code origin.test} is at {@code via}: with this name as SNI, and
     * with the certificate verified. Returns the whole response.
     */
    public String fetch(InetSocketAddress via) throws IOException {
        try (Socket tcp = new Socket(via.getAddress(), via.getPort())) {
            tcp.setSoTimeout((int) Monitor.LIMIT.toMillis());
            try (SSLSocket tls = (SSLSocket) clientContext.getSocketFactory().createSocket(tcp, HOST, 443, true)) {
                var parameters = tls.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                tls.setSSLParameters(parameters);
                tls.getOutputStream().write(("GET / HTTP/1.1\r\nHost: " + HOST + "\r\n\r\n").getBytes(US_ASCII));
                return new String(tls.getInputStream().readAllBytes(), US_ASCII);
            }
        }
    }

    /** Closes the listener and all connections; what went wrong apart from disconnects is an {@link AssertionError}. */
    @Override
    public void close() {
        server.close();
    }

    private static void serve(Socket socket) throws IOException {
        try {
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            String line = in.readLine();
            while (line != null && !line.isEmpty()) {
                line = in.readLine();
            }
            socket.getOutputStream().write(page());
        } catch (SSLException | SocketTimeoutException e) {
            // Somebody who does not speak TLS, or says nothing; a web server hangs up, and so does this one.
        }
    }

    private static byte[] page() {
        String body = "<!doctype html><title>" + HOST + "</title><p>" + MARKER + "</p>\n";
        return ("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: " + body.length()
                        + "\r\n\r\n" + body)
                .getBytes(US_ASCII);
    }

    private static KeyStore keyStore() throws IOException, GeneralSecurityException {
        try (InputStream in = FakeOrigin.class.getResourceAsStream(KEY_STORE)) {
            if (in == null) {
                throw new AssertionError(KEY_STORE + " is not on the class path");
            }
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD);
            return keys;
        }
    }

    private static SSLContext trusting(Certificate certificate) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("origin", certificate);
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }
}
