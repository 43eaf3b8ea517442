//! Formats that hold certificates but are no PEM, base64 or DER certificate: one place for each.
//!
//! Those with a file of their own are read: Java's keystores, PKCS#7 and PKCS#12. The others are named.

use super::found::Found;
use super::layer::Layer;
use super::{ber, jks, pfx, pkcs7};
use crate::der::{OBJECT_IDENTIFIER, SEQUENCE};
use crate::oid;

/// A file format told by its first bytes.
struct Magic {
    bytes: &'static [u8],
    message: &'static str,
}

/// Sources: PKWARE APPNOTE 4.3.7, RFC 1952, the Windows `.sst` header.
const MAGICS: [Magic; 6] = [
    Magic { bytes: b"\0\0\0\x01\0\0\0\x14", message: BOUNCY_CASTLE },
    Magic { bytes: b"\0\0\0\x02\0\0\0\x14", message: BOUNCY_CASTLE },
    Magic {
        bytes: "\u{fffd}\u{fffd}\u{fffd}\u{fffd}".as_bytes(),
        message: "This Java keystore was damaged by a program that took it for text. Copy the file again as binary data; in a Kubernetes ConfigMap it belongs under `binaryData`.",
    },
    Magic {
        bytes: b"\0\0\0\0CERT",
        message: "This is a Windows certificate store (.sst), which rootlens doesn't read. Convert it in PowerShell: `$c = New-Object Security.Cryptography.X509Certificates.X509Certificate2Collection; $c.Import(\"FILE\"); [IO.File]::WriteAllBytes(\"certificates.p7b\", $c.Export(\"Pkcs7\"))` writes a PKCS#7 bundle.",
    },
    Magic { bytes: b"PK\x03\x04", message: "This is a ZIP archive. Unpack it and give the files inside." },
    Magic { bytes: &[0x1f, 0x8b], message: "This is a gzip file. Unpack it and give what is inside." },
];

/// BKS and UBER begin with their version and the length of a salt (Bouncy Castle, `BcKeyStoreSpi.engineStore`).
const BOUNCY_CASTLE: &str = "This is a Bouncy Castle keystore (BKS or UBER), which rootlens doesn't read. Convert it with `keytool -importkeystore -srckeystore FILE -srcstoretype BKS -providerclass org.bouncycastle.jce.provider.BouncyCastleProvider -providerpath bcprov.jar -destkeystore converted.p12 -deststoretype PKCS12`.";

/// BCFKS is encrypted as a whole (Bouncy Castle, `ObjectStore`).
const BOUNCY_CASTLE_FIPS: &str = "This is a Bouncy Castle FIPS keystore (BCFKS), which is encrypted as a whole. Convert it with `keytool -importkeystore -srckeystore FILE -srcstoretype BCFKS -providerclass org.bouncycastle.jcajce.provider.BouncyCastleFipsProvider -providerpath bc-fips.jar -destkeystore converted.p12 -deststoretype PKCS12`.";

/// Texts that explain why there is no certificate, and what to say then.
///
/// Sources: SOPS and sealed-secrets' `SealedSecret`, external-secrets' `ExternalSecret`, keytool's `Resources.java`, kubectl's
/// `describeSecret`, OpenSSL's `X509_print_ex`, Apache's `mod_headers.c`.
const TELLING_TEXTS: [(&str, &str); 11] = [
    (
        "ENC[AES256_GCM",
        "This file is encrypted with SOPS, so no certificate can be seen. Decrypt it with `sops -d FILE` first.",
    ),
    (
        "encryptedData",
        "This is a sealed secret, so no certificate can be seen. Take the secret that the controller made of it: `kubectl get secret NAME -o yaml`.",
    ),
    (
        "kind: ExternalSecret",
        "This names a secret that is kept elsewhere, so no certificate can be seen. Take the secret that the controller made of it: `kubectl get secret NAME -o yaml`.",
    ),
    (
        "contains 0 entries",
        "Java sees no entry in this keystore. If another program made it (PKCS#12), its certificates lack Java's mark of trust: import them with `keytool -importcert -alias ALIAS -file CA.pem -keystore KEYSTORE`.",
    ),
    (
        "Certificate fingerprints:",
        "This is keytool's readable list, without the certificates themselves. Run `keytool -list -rfc -keystore KEYSTORE`.",
    ),
    (
        "Certificate fingerprint (",
        "This is keytool's short list, without the certificates themselves. Run `keytool -list -rfc -keystore KEYSTORE`.",
    ),
    (
        "Type:  kubernetes.io/tls",
        "`kubectl describe` shows only how long each value is. Run `kubectl get secret NAME -o yaml` instead.",
    ),
    ("ssh-rsa ", "This is an SSH key, not an X.509 certificate."),
    ("ssh-ed25519 ", "This is an SSH key, not an X.509 certificate."),
    (
        "Signature Algorithm:",
        "This is only the text of a certificate, without the certificate itself: it can be compared, not verified. Give the PEM block or the DER file; `openssl x509 -in FILE` prints the block.",
    ),
    ("(null)", "A variable was not filled in: there was no certificate on that connection."),
];

/// Reads a container that is known by its first bytes, and gives what it holds that is to be read by itself; none if it is
/// no container.
pub(super) fn read(layer: &Layer<'_>, found: &mut Found) -> Option<Vec<Layer<'static>>> {
    if jks::is_keystore(&layer.bytes) {
        jks::read(layer, found);
        return Some(Vec::new());
    }
    if pkcs7::is_pkcs7(&layer.bytes) {
        return Some(pkcs7::read(layer, found).into_iter().collect());
    }
    if pfx::is_pfx(&layer.bytes) {
        pfx::read(layer, found);
        return Some(Vec::new());
    }
    if is_fips_keystore(&layer.bytes) {
        found.problem(layer, layer.whole(), BOUNCY_CASTLE_FIPS);
        return Some(Vec::new());
    }
    let magic = MAGICS.iter().find(|magic| layer.bytes.starts_with(magic.bytes))?;
    found.problem(layer, layer.whole(), magic.message);
    Some(Vec::new())
}

/// Whether some bytes begin as a container does.
pub(super) fn is_container(bytes: &[u8]) -> bool {
    jks::is_keystore(bytes)
        || pkcs7::is_pkcs7(bytes)
        || pfx::is_pfx(bytes)
        || is_fips_keystore(bytes)
        || MAGICS.iter().any(|magic| bytes.starts_with(magic.bytes))
}

/// Whether some bytes begin as BCFKS does: the encrypted store in a sequence of its own, where the key of PKCS#8 would
/// have its algorithm at once.
fn is_fips_keystore(bytes: &[u8]) -> bool {
    let inside = |bytes| ber::outermost_contents(bytes, SEQUENCE);
    let algorithm = inside(bytes).and_then(inside).and_then(inside);
    let identifier = algorithm.and_then(|algorithm| algorithm.strip_prefix(&[OBJECT_IDENTIFIER, 9]));
    identifier.is_some_and(|contents| contents.starts_with(oid::PKCS_5.as_bytes()))
}

/// Why a text holds no certificate, where it tells.
pub(super) fn explanation(bytes: &[u8]) -> Option<&'static str> {
    let text = String::from_utf8_lossy(bytes);
    TELLING_TEXTS.iter().find(|(telling, _)| text.contains(telling)).map(|(_, message)| *message)
}
