//! Tags of XML, as far as they tell what the text between them is.

use std::ops::Range;

use super::lines;

/// Bytes of one tag. SAML's have a few hundred, most of them namespaces.
const MAX_TAG: usize = 8 * 1024;

/// A tag, by where it stands.
pub(super) struct Tag<'b> {
    /// Its name without the prefix of its namespace.
    pub(super) name: &'b [u8],
    /// What stands behind the name.
    pub(super) attributes: &'b [u8],
    /// It ends an element.
    pub(super) closes: bool,
    /// From `<` to `>`.
    pub(super) range: Range<usize>,
    /// The text up to the next tag.
    pub(super) text: Range<usize>,
}

impl Tag<'_> {
    /// Whether an attribute has a value.
    pub(super) fn has(&self, name: &str, value: &str) -> bool {
        [format!("{name}=\"{value}\""), format!("{name}='{value}'")]
            .iter()
            .any(|attribute| lines::contains(self.attributes, attribute.as_bytes()))
    }
}

/// The tags of a text, in order; comments and declarations are none.
pub(super) fn tags(bytes: &[u8]) -> impl Iterator<Item = Tag<'_>> {
    let mut position = 0;
    std::iter::from_fn(move || {
        while let Some(start) = next(bytes, position, b'<') {
            position = start + 1;
            if let Some(tag) = tag(bytes, start) {
                position = tag.range.end;
                return Some(tag);
            }
        }
        None
    })
}

fn tag(bytes: &[u8], start: usize) -> Option<Tag<'_>> {
    let window = bytes.get(start + 1..bytes.len().min(start + MAX_TAG))?;
    let inside = window.get(..window.iter().position(|byte| matches!(byte, b'<' | b'>'))?)?;
    (window.get(inside.len()) == Some(&b'>')).then_some(())?;
    let end = start + 2 + inside.len();
    let (closes, inside) = inside.strip_prefix(b"/").map_or((false, inside), |inside| (true, inside));
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.:".contains(byte);
    let length = inside.iter().take_while(|byte| is_of_name(byte)).count();
    let (name, attributes) = inside.split_at_checked(length).filter(|(name, _)| !name.is_empty())?;
    let name = name.rsplit(|byte| *byte == b':').next()?;
    let text = end..next(bytes, end, b'<').unwrap_or(bytes.len());
    Some(Tag { name, attributes, closes, range: start..end, text })
}

fn next(bytes: &[u8], from: usize, wanted: u8) -> Option<usize> {
    Some(from + bytes.get(from..)?.iter().position(|byte| *byte == wanted)?)
}
