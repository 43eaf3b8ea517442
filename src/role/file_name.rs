//! What a file's name suggests: a tie-break only, never against what the certificates say.

use super::Role;

const BUNDLE_WORDS: &[&str] =
    &["ca", "cas", "cacert", "cacerts", "bundle", "root", "roots", "trust", "trusted", "truststore", "anchors", "pool"];
const PEER_WORDS: &[&str] = &["ctrl", "controller", "server", "peer"];
const CLIENT_WORDS: &[&str] = &["client", "identity", "router"];

/// The word of the name that suggests a bundle.
pub(super) fn suggests_bundle(name: &str) -> Option<&'static str> {
    find(name, BUNDLE_WORDS)
}

/// Peer or client, and the word of the name that suggests it.
pub(super) fn suggests_side(name: &str) -> Option<(Role, &'static str)> {
    let peer = find(name, PEER_WORDS).map(|word| (Role::Peer, word));
    peer.or_else(|| find(name, CLIENT_WORDS).map(|word| (Role::Client, word)))
}

/// Compares whole words, without the number that may end them: `ctrl1.tls.crt` holds `ctrl`.
fn find(name: &str, words: &'static [&'static str]) -> Option<&'static str> {
    let mut parts = Vec::new();
    for part in name.as_bytes().split(|byte| !byte.is_ascii_alphanumeric()) {
        let letters = part.iter().rposition(|byte| !byte.is_ascii_digit()).map_or(0, |last| last + 1);
        parts.extend(part.get(..letters));
    }
    words.iter().copied().find(|word| parts.iter().any(|part| part.eq_ignore_ascii_case(word.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_whole_words_only() {
        assert_eq!(suggests_bundle("ctrl-plane-cas.crt"), Some("cas"));
        assert_eq!(suggests_bundle("router1.CAS.all.pem"), Some("cas"));
        assert_eq!(suggests_bundle("cascade.pem"), None);
        assert_eq!(suggests_side("ctrl1.tls.crt"), Some((Role::Peer, "ctrl")));
        assert_eq!(suggests_side("client-2.pem"), Some((Role::Client, "client")));
        assert_eq!(suggests_side("node.pem"), None);
    }
}
