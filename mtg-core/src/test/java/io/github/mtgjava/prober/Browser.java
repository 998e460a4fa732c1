package io.github.mtgjava.prober;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Fetches a page by TLS, as anybody may. */
final class Browser {

    private static final int HTTPS = 443;

    private Browser() {}

    static List<Probe> probes() {
        return List.of(
                Probe.of("HTTPS GET by TLS 1.3", wire -> fetch(wire, "TLSv1.3")),
                Probe.of("HTTPS GET by TLS 1.2", wire -> fetch(wire, "TLSv1.2")));
    }

    private static void fetch(Wire wire, String protocol) throws IOException {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        Socket tcp = wire.socket();
        tcp.setSoTimeout(Target.LIMIT_MILLIS);
        try {
            SSLSocket tls =
                    (SSLSocket) trustingAnybody().getSocketFactory().createSocket(tcp, ProbedProxy.HOST, HTTPS, false);
            tls.setEnabledProtocols(new String[] {protocol});
            tls.getOutputStream()
                    .write(Bytes.ascii(
                            "GET / HTTP/1.1\r\nHost: " + ProbedProxy.HOST + "\r\nConnection: close\r\n\r\n"));
            InputStream in = tls.getInputStream();
            in.transferTo(page);
            page.writeBytes(Bytes.ascii(tls.getSession().getCipherSuite()));
            wire.hearWhole(page.toByteArray(), End.FIN);
        } catch (IOException failure) {
            page.writeBytes(Bytes.ascii("\n" + failure.getMessage()));
            wire.hearWhole(page.toByteArray(), End.RESET);
        }
    }

    private static SSLContext trustingAnybody() {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, new TrustManager[] {new Credulous()}, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("every JDK has TLS 1.3", impossible);
        }
    }

    /** Sites that are installed for a comparison have made their own certificates. */
    private static final class Credulous extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
