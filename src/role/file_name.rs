//! What a file's name suggests: a tie-break only, never against what the certificates say.

use super::Side;

const TRUST_WORDS: &[&str] = &[
    "trust",
    "trusted",
    "truststore",
    "anchor",
    "anchors",
    "ca",
    "cas",
    "cacert",
    "cacerts",
    "cafile",
    "root",
    "roots",
    "rootca",
    "authority",
    "authorities",
    "pool",
    "bundle",
];
const CHAIN_WORDS: &[&str] = &["chain"];
const INTERMEDIATE_WORDS: &[&str] = &["chain", "int", "issuing", "issuer", "signing", "signer"];
/// How words for intermediates begin: `inter`, `intermediate`, `sub`, `subca`.
const INTERMEDIATE_BEGINNINGS: &[&str] = &["inter", "sub"];
const LEAF_WORDS: &[&str] = &["cert", "certificate", "crt", "tls", "ssl", "leaf", "localhost", "selfsigned", "self"];
const SERVER_WORDS: &[&str] = &["server", "https", "web", "site"];
const CLIENT_WORDS: &[&str] = &["client", "clients", "user"];
const ROUTER_SERVER_WORDS: &[&str] = &["ctrl", "controller", "server", "peer"];
const ROUTER_CLIENT_WORDS: &[&str] = &["client", "identity", "router"];

/// The word of the name that suggests what a verifier trusts.
pub(super) fn suggests_trust(name: &str) -> Option<&'static str> {
    find(&with_capitals_apart(name), TRUST_WORDS)
}

/// The same, but for words that people use of a chain as well.
pub(super) fn suggests_no_chain(name: &str) -> Option<&'static str> {
    suggests_trust(name).filter(|word| *word != "bundle")
}

/// The same, but for words that people use of what a CA gave them as well.
pub(super) fn suggests_trust_itself(name: &str) -> Option<&'static str> {
    suggests_trust(name).filter(|word| ["trust", "trusted", "truststore", "anchor", "anchors"].contains(word))
}

/// The word of the name that suggests what a chain needs besides its leaf.
pub(super) fn suggests_rest_of_chain(name: &str) -> Option<&'static str> {
    find(name, CHAIN_WORDS)
}

/// Whether the name suggests an intermediate, whatever else it suggests.
pub(super) fn suggests_intermediates(name: &str) -> bool {
    let name = with_capitals_apart(name).to_ascii_lowercase();
    let mut words = name.split(|it: char| !it.is_ascii_alphanumeric());
    let begins = |word: &str| INTERMEDIATE_BEGINNINGS.iter().any(|beginning| word.starts_with(beginning));
    words.any(begins) || find(&name, INTERMEDIATE_WORDS).is_some()
}

/// Whether the name suggests a certificate that a program presents as its own.
pub(super) fn suggests_leaf(name: &str) -> bool {
    find(stem(name), LEAF_WORDS).is_some() || suggests_side(name).is_some()
}

/// A side, and the word of the name that suggests it.
pub(super) fn suggests_side(name: &str) -> Option<(Side, &'static str)> {
    side(name, SERVER_WORDS, CLIENT_WORDS)
}

/// A side, and the word of the name that suggests it, as files of a router and its controllers are called.
pub(super) fn suggests_router_side(name: &str) -> Option<(Side, &'static str)> {
    side(name, ROUTER_SERVER_WORDS, ROUTER_CLIENT_WORDS)
}

fn side(name: &str, server: &'static [&'static str], client: &'static [&'static str]) -> Option<(Side, &'static str)> {
    let server = find(name, server).map(|word| (Side::Server, word));
    server.or_else(|| find(name, client).map(|word| (Side::Client, word)))
}

/// The name without its last ending, which says what form a file has and not what it is for: `.crt` and `.cert` end
/// files of CAs as well.
fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Compares whole words, without the number that may end them: `ctrl1.tls.crt` holds `ctrl`.
fn find(name: &str, words: &'static [&'static str]) -> Option<&'static str> {
    let parts: Vec<&str> = name.split(|it: char| !it.is_ascii_alphanumeric()).map(without_number).collect();
    words.iter().copied().find(|word| parts.iter().any(|part| part.eq_ignore_ascii_case(word)))
}

fn without_number(word: &str) -> &str {
    word.trim_end_matches(|it: char| it.is_ascii_digit())
}

/// The name with a hyphen where a capital follows a small letter: `rootCA.pem` is read as `root-CA.pem`.
fn with_capitals_apart(name: &str) -> String {
    let mut apart = String::new();
    let mut before = None;
    for character in name.chars() {
        if character.is_ascii_uppercase() && before.is_some_and(|before: char| before.is_ascii_lowercase()) {
            apart.push('-');
        }
        apart.push(character);
        before = Some(character);
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_whole_words_only() {
        assert_eq!(suggests_trust("ctrl-plane-cas.crt"), Some("cas"));
        assert_eq!(suggests_trust("router1.CAS.all.pem"), Some("cas"));
        assert_eq!(suggests_trust("rootCA.pem"), Some("ca"));
        assert_eq!(suggests_trust("cascade.pem"), None);
        assert_eq!(suggests_trust("DECALOGUE.pem"), None);
        assert_eq!(suggests_router_side("ctrl1.tls.crt"), Some((Side::Server, "ctrl")));
        assert_eq!(suggests_side("client-2.pem"), Some((Side::Client, "client")));
        assert_eq!(suggests_side("node.pem"), None);
    }

    #[test]
    fn intermediates_are_told_by_how_words_begin() {
        for name in
            ["inter-ca.crt", "IntermediateCA.pem", "subinterCA.pem", "sub-ca.pem", "issuing-ca1.crt", "int2.pem"]
        {
            assert!(suggests_intermediates(name), "{name}");
        }
        for name in ["printer-ca.crt", "extra-ca.pem", "root.pem", "integration-ca.pem"] {
            assert!(!suggests_intermediates(name), "{name}");
        }
    }

    #[test]
    fn an_ending_does_not_make_a_leaf() {
        for leaf in ["cert.pem", "cert2.pem", "server.crt", "tls.crt", "ssl.pem", "registry.crt.pem"] {
            assert!(suggests_leaf(leaf), "{leaf}");
        }
        for other in ["isrg-x1.crt", "corp.cert", "DigiCertGlobal.pem"] {
            assert!(!suggests_leaf(other), "{other}");
        }
    }
}
