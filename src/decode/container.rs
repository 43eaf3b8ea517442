//! Formats that hold certificates but are no PEM, base64 or DER certificate: one place for each.
//!
//! Those with a file of their own are read: Java's keystores, PKCS#7 and PKCS#12. The others are named.

use super::found::Found;
use super::layer::Layer;
use super::{jks, pfx, pkcs7};

/// A file format told by its first bytes.
struct Magic {
    bytes: &'static [u8],
    message: &'static str,
}

/// Sources: PKWARE APPNOTE 4.3.7, RFC 1952, the Windows `.sst` header.
const MAGICS: [Magic; 3] = [
    Magic {
        bytes: b"\0\0\0\0CERT",
        message: "This is a Windows certificate store (.sst); rootlens can't read it yet. Export its certificates as base64 X.509 (.cer).",
    },
    Magic { bytes: b"PK\x03\x04", message: "This is a ZIP archive. Unpack it and give the files inside." },
    Magic { bytes: &[0x1f, 0x8b], message: "This is a gzip file. Unpack it and give what is inside." },
];

/// Texts that explain why there is no certificate, and what to say then.
const TELLING_TEXTS: [(&str, &str); 6] = [
    (
        "ENC[AES256_GCM",
        "This file is encrypted with SOPS, so no certificate can be seen. Decrypt it with `sops -d FILE` first.",
    ),
    (
        "encryptedData:",
        "This is a sealed secret, so no certificate can be seen. Take the secret that the controller made of it.",
    ),
    ("ssh-rsa ", "This is an SSH key, not an X.509 certificate."),
    ("ssh-ed25519 ", "This is an SSH key, not an X.509 certificate."),
    (
        "Signature Algorithm:",
        "This is the readable form of a certificate, without the certificate itself. Give the PEM block or the DER file.",
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
    let magic = MAGICS.iter().find(|magic| layer.bytes.starts_with(magic.bytes))?;
    found.problem(layer, layer.whole(), magic.message);
    Some(Vec::new())
}

/// Whether some bytes begin as a container does.
pub(super) fn is_container(bytes: &[u8]) -> bool {
    jks::is_keystore(bytes)
        || pkcs7::is_pkcs7(bytes)
        || pfx::is_pfx(bytes)
        || MAGICS.iter().any(|magic| bytes.starts_with(magic.bytes))
}

/// Why a text holds no certificate, where it tells.
pub(super) fn explanation(bytes: &[u8]) -> Option<&'static str> {
    let text = String::from_utf8_lossy(bytes);
    TELLING_TEXTS.iter().find(|(telling, _)| text.contains(telling)).map(|(_, message)| *message)
}
