// Asks Java's trust manager of TLS, or its bare CertPathBuilder, each case; see ../record.mjs.

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

public class Record {
    /** `HostnameChecker.TYPE_TLS`. */
    private static final byte TLS = 1;

    public static void main(String[] arguments) throws Exception {
        String engine = arguments.length == 1 ? arguments[0] : "";
        if (!engine.equals("trustmanager") && !engine.equals("certpathbuilder")) {
            throw new IllegalArgumentException("say `trustmanager` or `certpathbuilder`");
        }
        // Its words hold dates.
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
        List<byte[]> certificates = new ArrayList<>();
        for (int left = Integer.parseInt(input.readLine()); left > 0; left--) {
            certificates.add(HexFormat.of().parseHex(input.readLine()));
        }
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            Case one = new Case(line);
            System.out.println(engine.equals("trustmanager") ? one.askTrustManager(certificates) : one.askBuilder(certificates));
        }
    }

    /** `seconds purpose leaf trusted presented host`, as in ../c/cases.h. */
    private record Case(Date at, String purpose, int leaf, int[] trusted, int[] presented, String host) {
        Case(String line) {
            this(line.split(" ", 6));
        }

        private Case(String[] words) {
            this(new Date(Long.parseLong(words[0]) * 1000), words[1], Integer.parseInt(words[2]), indices(words[3]),
                 indices(words[4]), words[5].substring(1));
        }

        String askTrustManager(List<byte[]> certificates) {
            // It has no method for any purpose.
            return purpose.equals("a") ? "?" : answer(certificates, this::checkTrusted);
        }

        String askBuilder(List<byte[]> certificates) {
            return answer(certificates, this::build);
        }

        private String answer(List<byte[]> certificates, Verifier verifier) {
            Read read;
            try {
                read = new Read(this, certificates);
            } catch (GeneralSecurityException why) {
                return "R\t\t" + flat("leaf parse: " + why.getMessage());
            }
            try {
                return "A\t" + verifier.verify(read) + "\t";
            } catch (Exception why) {
                return "R\t\t" + flat(chainOfCauses(why) + read.note);
            }
        }

        /** The chain that it finds it keeps to itself. */
        private String checkTrusted(Read read) throws Exception {
            PKIXBuilderParameters parameters = parameters(read, new X509CertSelector());
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(new CertPathTrustManagerParameters(parameters));
            X509TrustManager manager = (X509TrustManager) factory.getTrustManagers()[0];
            X509Certificate[] chain = read.chain.toArray(new X509Certificate[0]);
            if (purpose.equals("c")) {
                manager.checkClientTrusted(chain, "UNKNOWN");
            } else {
                manager.checkServerTrusted(chain, "UNKNOWN");
            }
            checkHost(read.leaf());
            return "";
        }

        private String build(Read read) throws Exception {
            X509CertSelector target = new X509CertSelector();
            target.setCertificate(read.leaf());
            PKIXBuilderParameters parameters = parameters(read, target);
            CollectionCertStoreParameters presented = new CollectionCertStoreParameters(read.chain);
            parameters.addCertStore(CertStore.getInstance("Collection", presented));
            CertPathBuilder builder = CertPathBuilder.getInstance("PKIX");
            PKIXCertPathBuilderResult result = (PKIXCertPathBuilderResult) builder.build(parameters);
            checkUsage(read.leaf());
            checkHost(read.leaf());
            List<Certificate> path = new ArrayList<>(result.getCertPath().getCertificates());
            path.add(result.getTrustAnchor().getTrustedCert());
            return path.stream().map(read.indices::get).map(String::valueOf).collect(Collectors.joining(","));
        }

        private PKIXBuilderParameters parameters(Read read, X509CertSelector target) throws GeneralSecurityException {
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(read.anchors, target);
            parameters.setRevocationEnabled(false);
            parameters.setDate(at);
            return parameters;
        }

        /** The builder leaves this to its caller. */
        private void checkUsage(X509Certificate leaf) throws CertificateException {
            List<String> usages = leaf.getExtendedKeyUsage();
            String wanted = purpose.equals("c") ? "1.3.6.1.5.5.7.3.2" : "1.3.6.1.5.5.7.3.1";
            if (usages != null && !purpose.equals("a") && !usages.contains(wanted) && !usages.contains("2.5.29.37.0")) {
                throw new CertificateException("EKU (harness check)");
            }
        }

        /** What a connection with HTTPS's rules would ask; the class is not for everyone, hence `--add-exports`. */
        private void checkHost(X509Certificate leaf) throws ReflectiveOperationException {
            if (!host.isEmpty()) {
                Class<?> type = Class.forName("sun.security.util.HostnameChecker");
                Object checker = type.getMethod("getInstance", byte.class).invoke(null, TLS);
                type.getMethod("match", String.class, X509Certificate.class).invoke(checker, host, leaf);
            }
        }
    }

    private interface Verifier {
        /** The chain, or nothing; throws what the verifier throws. */
        String verify(Read read) throws Exception;
    }

    /** The certificates of a case that Java can read; the note says how many it cannot. */
    private static final class Read {
        final Set<TrustAnchor> anchors = new HashSet<>();
        /** The leaf and what came with it. */
        final List<X509Certificate> chain = new ArrayList<>();
        final Map<Certificate, Integer> indices = new HashMap<>();
        String note = "";
        private final List<byte[]> certificates;

        Read(Case one, List<byte[]> certificates) throws GeneralSecurityException {
            this.certificates = certificates;
            chain.add(parse(one.leaf));
            for (int index : one.trusted) {
                try {
                    anchors.add(new TrustAnchor(parse(index), null));
                } catch (GeneralSecurityException why) {
                    note += " (trusted unparsable)";
                }
            }
            for (int index : one.presented) {
                try {
                    chain.add(parse(index));
                } catch (GeneralSecurityException why) {
                    note += " (intermediate unparsable)";
                }
            }
        }

        X509Certificate leaf() {
            return chain.get(0);
        }

        private X509Certificate parse(int index) throws GeneralSecurityException {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            ByteArrayInputStream der = new ByteArrayInputStream(certificates.get(index));
            X509Certificate certificate = (X509Certificate) factory.generateCertificate(der);
            indices.putIfAbsent(certificate, index);
            return certificate;
        }
    }

    private static int[] indices(String list) {
        Stream<String> words = list.equals("-") ? Stream.empty() : Stream.of(list.split(","));
        return words.mapToInt(Integer::parseInt).toArray();
    }

    private static String chainOfCauses(Throwable why) {
        String own = why.getClass().getSimpleName() + ": " + why.getMessage();
        return why.getCause() == null ? own : own + " <- " + chainOfCauses(why.getCause());
    }

    private static String flat(String words) {
        return words.replace('\t', ' ').replace('\n', ' ');
    }
}
