//! Text as Go's `%q` writes it.

/// Double-quoted, with escapes for quotes, backslashes and what cannot be printed.
pub(super) fn quote(text: &str) -> String {
    quote_bytes(text.as_bytes())
}

/// The same for bytes; those that are no UTF-8 become `\x..`.
pub(super) fn quote_bytes(bytes: &[u8]) -> String {
    let mut out = String::from("\"");
    for chunk in bytes.utf8_chunks() {
        chunk.valid().chars().for_each(|character| push_escaped(&mut out, character));
        chunk.invalid().iter().for_each(|byte| out.push_str(&format!("\\x{byte:02x}")));
    }
    out.push('"');
    out
}

fn push_escaped(out: &mut String, character: char) {
    match character {
        '"' | '\\' => out.extend(['\\', character]),
        '\u{07}' => out.push_str("\\a"),
        '\u{08}' => out.push_str("\\b"),
        '\u{0c}' => out.push_str("\\f"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        '\u{0b}' => out.push_str("\\v"),
        _ if is_printable(character) => out.push(character),
        '\0'..' ' | '\u{7f}' => out.push_str(&format!("\\x{:02x}", u32::from(character))),
        '\u{10000}'.. => out.push_str(&format!("\\U{:08x}", u32::from(character))),
        _ => out.push_str(&format!("\\u{:04x}", u32::from(character))),
    }
}

/// Letters, marks, numbers, punctuation, symbols and the ASCII space. Rust's debug form leaves exactly these alone,
/// save that it escapes a combining mark at the start of a text, hence the letter in front.
fn is_printable(character: char) -> bool {
    let shown = format!("a{character}");
    character == '\'' || shown.escape_debug().count() == shown.chars().count()
}

#[cfg(test)]
mod tests {
    use super::{quote, quote_bytes};

    #[test]
    fn quotes_as_go_does() {
        for (text, quoted) in [
            ("plain 'text'", r#""plain 'text'""#),
            ("a\"b\\c", r#""a\"b\\c""#),
            ("\0\u{1f}\u{7f}\n", r#""\x00\x1f\x7f\n""#),
            ("é\u{301}\u{ad}\u{2028}\u{a0}", "\"é\u{301}\\u00ad\\u2028\\u00a0\""),
            ("\u{e0001}", r#""\U000e0001""#),
            ("日本", "\"日本\""),
        ] {
            assert_eq!(quote(text), quoted);
        }
        assert_eq!(quote_bytes(&[b'a', 0xff, 0xc3]), r#""a\xff\xc3""#);
    }
}
