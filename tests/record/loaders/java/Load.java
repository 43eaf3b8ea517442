// Asks Java which certificates it takes from each file of a folder: all of them (`CertificateFactory.generateCertificates`,
// `keytool -printcert`), and the one that `keytool -importcert` takes (`generateCertificate`); see ../../README.md.

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

public class Load {
    private interface Way {
        Collection<? extends Certificate> read(InputStream input) throws GeneralSecurityException;
    }

    public static void main(String[] arguments) throws Exception {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        System.out.println("file\tjava\tkeytool-importcert");
        List<Path> files;
        try (Stream<Path> paths = Files.list(Path.of(arguments[0]))) {
            files = paths.sorted().toList();
        }
        for (Path file : files) {
            byte[] octets = Files.readAllBytes(file);
            String all = cell(octets, factory::generateCertificates);
            String one = cell(octets, input -> List.of(factory.generateCertificate(input)));
            System.out.println(String.join("\t", file.getFileName().toString(), all, one));
        }
    }

    private static String cell(byte[] octets, Way way) throws Exception {
        try {
            Collection<? extends Certificate> certificates = way.read(new ByteArrayInputStream(octets));
            String digests = certificates.stream().map(Load::digest).collect(Collectors.joining(","));
            return digests.isEmpty() ? "-" : digests;
        } catch (GeneralSecurityException | RuntimeException why) {
            return "- !" + String.valueOf(why.getMessage()).replaceAll("[^ -~]+", "?");
        }
    }

    private static String digest(Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (GeneralSecurityException why) {
            throw new IllegalStateException(why);
        }
    }
}
