//! Words for a POSIX shell, in commands that people copy.

/// A text as one word of a shell, and no option (POSIX.1, Shell Command Language, 2.2.2).
pub fn quoted(text: &str) -> String {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "._-+,@:/".contains(character);
    let path = if text.starts_with('-') { format!("./{text}") } else { text.to_owned() };
    if !path.is_empty() && path.chars().all(is_plain) {
        return path;
    }
    format!("'{}'", path.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_text_is_one_word() {
        assert_eq!(quoted("router1.cas.pem"), "router1.cas.pem");
        assert_eq!(quoted("-rf"), "./-rf");
        assert_eq!(quoted("it's $(here)"), "'it'\\''s $(here)'");
        assert_eq!(quoted(""), "''");
    }
}
