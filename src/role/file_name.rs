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
    let name = name.to_ascii_lowercase();
    let in_name = |word: &str| {
        let parts = name.split(|c: char| !c.is_ascii_alphanumeric());
        parts.map(|part| part.trim_end_matches(|c: char| c.is_ascii_digit())).any(|part| part == word)
    };
    words.iter().copied().find(|word| in_name(word))
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
