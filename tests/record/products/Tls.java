import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * Java's TLS with a trust store, and with the host name checked as HTTPS checks it.
 *
 * <pre>
 * java Tls client PORT TRUSTED HOST
 * java Tls server PORT TRUSTED KEYSTORE
 * </pre>
 */
class Tls {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String ANSWER = "HTTP/1.0 200 OK\r\nContent-Length: 6\r\n\r\nlet in";

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[1]);
        if (arguments[0].equals("client")) {
            client(port, context(arguments[2], null), arguments[3]);
        } else {
            server(port, context(arguments[2], arguments[3]));
        }
    }

    private static void client(int port, SSLContext context, String host) throws Exception {
        java.net.Socket plain = new java.net.Socket("127.0.0.1", port);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            System.out.println(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException why) {
            System.out.println("refused " + words(why));
        }
    }

    private static void server(int port, SSLContext context) throws Exception {
        java.net.InetAddress here = java.net.InetAddress.getByName("127.0.0.1");
        SSLServerSocket listener = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(port, 5, here);
        listener.setNeedClientAuth(true);
        while (true) {
            try (SSLSocket socket = (SSLSocket) listener.accept()) {
                InputStream in = socket.getInputStream();
                OutputStream out = socket.getOutputStream();
                if (in.read(new byte[4096]) > 0) {
                    out.write(ANSWER.getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                }
            } catch (IOException why) {
                System.out.println("refused " + words(why));
            }
        }
    }

    /** The exceptions from the outermost to its cause. */
    private static String words(Throwable why) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = why; cause != null; cause = cause.getCause()) {
            text.append(cause == why ? "" : " <- ").append(cause.getClass().getSimpleName()).append(": ");
            text.append(cause.getMessage());
        }
        return text.toString();
    }

    private static SSLContext context(String trusted, String keyStore) throws Exception {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        try (InputStream in = new FileInputStream(trusted)) {
            int number = 0;
            for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trust.setCertificateEntry("trusted " + number++, certificate);
            }
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
        managers.init(trust);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyStore == null ? null : keys(keyStore), managers.getTrustManagers(), null);
        return context;
    }

    private static KeyManager[] keys(String keyStore) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = new FileInputStream(keyStore)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, PASSWORD);
        return factory.getKeyManagers();
    }
}
