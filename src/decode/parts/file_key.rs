//! The names of files, as the keys of Secrets and ConfigMaps have them, and what stands in such a file.

/// What stands in a file of this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// What is trusted; `beside_chain` if it is so as well where a chain stands beside it.
    Trusted { beside_chain: bool },
    /// A chain.
    Chain,
    /// The rest of the chain beside it.
    RestOfChain,
}

/// Endings of files with certificates.
const EXTENSIONS: [&str; 6] = ["crt", "pem", "cer", "cert", "der", "ca"];

/// Words of names under which no certificate is expected, whatever else they say.
const OTHER_WORDS: [&str; 11] =
    ["key", "keys", "keystore", "csr", "crl", "password", "pass", "p12", "pfx", "jks", "srl"];

/// Words for what is trusted: `truststore.pem`, `trust-bundle.pem`.
const TRUST_WORDS: [&str; 6] = ["trust", "trusted", "truststore", "anchor", "anchors", "authorities"];

/// Words for authorities: `ca.crt` (`kubernetes.io/tls`, service accounts), `root-cert.pem` (Istio), `tls.ca` (Traefik).
const AUTHORITY_WORDS: [&str; 10] =
    ["ca", "cas", "cacert", "cacerts", "cabundle", "root", "roots", "rootca", "rootcert", "authority"];

/// Words for chains: `tls.crt` (`kubernetes.io/tls`), `public.crt` (MinIO), `svid.pem` (SPIRE).
const CHAIN_WORDS: [&str; 17] = [
    "tls",
    "ssl",
    "https",
    "server",
    "client",
    "cert",
    "certs",
    "certificate",
    "crt",
    "chain",
    "fullchain",
    "node",
    "peer",
    "user",
    "leaf",
    "public",
    "svid",
];

/// Words for intermediates: `chain.pem` beside `cert.pem` (certbot).
const INTERMEDIATE_WORDS: [&str; 3] = ["chain", "intermediate", "intermediates"];

/// What a key says. A key without the ending of a file counts only where nothing but files is expected.
pub(super) fn kind(key: &str, among_files: bool) -> Option<Kind> {
    let file = key.rsplit_once('.').filter(|(name, extension)| !name.is_empty() && EXTENSIONS.contains(extension));
    if file.is_none() && (!among_files || key.contains('.')) {
        return None;
    }
    let words = words(file.map_or(key, |(name, _)| name));
    let is_authority = key.ends_with(".ca");
    let has = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    let only = |known: &[&str]| words.iter().all(|word| known.contains(&word.as_str()));
    if has(&OTHER_WORDS) {
        None
    } else if has(&TRUST_WORDS) || (has(&AUTHORITY_WORDS) && has(&["client", "clients"])) {
        // `client-ca.crt` is what a server trusts, whatever chain it has itself.
        Some(Kind::Trusted { beside_chain: true })
    } else if has(&AUTHORITY_WORDS) || is_authority {
        Some(Kind::Trusted { beside_chain: false })
    } else if only(&INTERMEDIATE_WORDS) {
        Some(Kind::RestOfChain)
    } else if has(&CHAIN_WORDS) {
        Some(Kind::Chain)
    } else {
        None
    }
}

/// Words in lower case: `rootCA.pem` is `root`, `ca`, `pem`.
fn words(key: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for character in key.chars() {
        let begins = !before.is_ascii_alphanumeric() || (before.is_ascii_lowercase() && character.is_ascii_uppercase());
        before = character;
        if !character.is_ascii_alphanumeric() {
            continue;
        }
        match words.last_mut().filter(|_| !begins) {
            Some(word) => word.push(character.to_ascii_lowercase()),
            None => words.push(character.to_ascii_lowercase().to_string()),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_a_file_holds() {
        let trusted = Some(Kind::Trusted { beside_chain: false });
        let always = Some(Kind::Trusted { beside_chain: true });
        for (key, wanted) in [
            ("ca.crt", trusted),
            ("ca.pem", trusted),
            ("ca-bundle.crt", trusted),
            ("root-cert.pem", trusted),
            ("ca-cert.pem", trusted),
            ("cacert.pem", trusted),
            ("rootCA.pem", trusted),
            ("service-ca.crt", trusted),
            ("tls.ca", trusted),
            ("trust-bundle.pem", always),
            ("truststore.pem", always),
            ("client-ca.crt", always),
            ("tls.crt", Some(Kind::Chain)),
            ("server.crt", Some(Kind::Chain)),
            ("cert.pem", Some(Kind::Chain)),
            ("tls.pem", Some(Kind::Chain)),
            ("crt.pem", Some(Kind::Chain)),
            ("fullchain.pem", Some(Kind::Chain)),
            ("cert-chain.pem", Some(Kind::Chain)),
            ("chain.pem", Some(Kind::RestOfChain)),
            ("intermediate.crt", Some(Kind::RestOfChain)),
            ("tls.key", None),
            ("ca-key.pem", None),
            ("tls-key.pem", None),
            ("ca.crl", None),
            ("keystore.p12", None),
            ("truststore.jks", None),
            ("dhparam.pem", None),
            ("shop.example.com.crt", None),
            ("ca", None),
            ("cert", None),
            ("namespace", None),
        ] {
            assert_eq!(kind(key, false), wanted, "{key}");
        }
        for (key, wanted) in [
            ("ca", trusted),
            ("caCert", trusted),
            ("client-ca-file", always),
            ("requestheader-client-ca-file", always),
            ("cert", Some(Kind::Chain)),
            ("certificate", Some(Kind::Chain)),
            ("key", None),
            ("token", None),
            ("client.ovpn", None),
            ("server.properties", None),
        ] {
            assert_eq!(kind(key, true), wanted, "{key}");
        }
    }
}
