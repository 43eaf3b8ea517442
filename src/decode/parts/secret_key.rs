//! Keys whose values are passwords and tokens, and JSON Web Keys that are private: they are counted, and nothing more.

use super::tree::Node;

/// Beginnings of values that stand for a secret and hold none: variables, templates, and what programs show instead.
const PLACEHOLDERS: [&str; 10] = ["$", "{{", "<", "*", "REDACTED", "DATA+OMITTED", "null", "~", "true", "false"];

/// Shorter values are no tokens; a bootstrap token of Kubernetes has 23 characters.
const LEAST_TOKEN: usize = 16;

/// Members of a JSON Web Key that only the owner knows (RFC 7518, 6.2.2, 6.3.2 and 6.4.1), with the label of the key.
const PRIVATE_MEMBERS: [(&str, &str); 2] = [("d", "JWK PRIVATE KEY"), ("k", "SECRET KEY")];

/// What a value is, if its key says that it is a password or a token.
pub(super) fn label(key: &str, value: &[u8]) -> Option<&'static str> {
    let letters = key.chars().filter(char::is_ascii_alphanumeric);
    let compact: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
    let text = String::from_utf8_lossy(value);
    let text = text.trim().trim_matches(['"', '\'']);
    let is_placeholder = text.is_empty() || PLACEHOLDERS.iter().any(|beginning| text.starts_with(beginning));
    if is_placeholder {
        None
    } else if ["password", "passphrase", "storepass", "keypass"].iter().any(|word| compact.ends_with(word)) {
        Some("PASSWORD")
    } else {
        // A JSON Web Token is found by its form.
        let may_be = text.len() >= LEAST_TOKEN && !text.contains(char::is_whitespace);
        let is_token = may_be && compact.ends_with("token");
        (is_token && !text.starts_with("eyJ") && !text.starts_with("ZXlK")).then_some("TOKEN")
    }
}

/// The private member of a JSON Web Key, and the label of the key.
pub(super) fn private_member(node: &Node) -> Option<(&Node, &'static str)> {
    node.get("kty")?;
    PRIVATE_MEMBERS.iter().find_map(|(member, label)| Some((node.get(member)?, *label)))
}
