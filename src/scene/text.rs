//! How wide words are, and how they are made to fit, without a browser to ask.
//!
//! The widths are those of DejaVu Sans, the widest of the common system fonts, so that the estimate errs on the safe
//! side: in Segoe UI, San Francisco or Roboto a line comes out some 10 % shorter.

use super::{ICON_SIZE, Icon, Line, Point, Style};

/// Advance widths of U+0020 to U+007E in hundredths of the font size, DejaVu Sans 2.37.
#[rustfmt::skip]
const REGULAR: [u8; 95] = [
    32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 54,
    100, 69, 69, 70, 78, 64, 58, 78, 76, 30, 30, 66, 56, 87, 75, 79, 61, 79, 70, 64, 62, 74, 69, 99, 69, 62, 69, 40, 34, 40, 84, 50,
    50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 62, 64, 64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84,
];

/// The same for DejaVu Sans Bold.
#[rustfmt::skip]
const BOLD: [u8; 95] = [
    35, 46, 53, 84, 70, 101, 88, 31, 46, 46, 53, 84, 38, 42, 38, 37, 70, 70, 70, 70, 70, 70, 70, 70, 70, 70, 40, 40, 84, 84, 84, 59,
    100, 78, 77, 74, 84, 69, 69, 83, 84, 38, 38, 78, 64, 100, 84, 86, 74, 86, 78, 73, 69, 82, 78, 111, 78, 73, 73, 46, 37, 46, 84, 50,
    50, 68, 72, 60, 72, 68, 44, 72, 72, 35, 35, 67, 35, 105, 72, 69, 72, 72, 50, 60, 48, 72, 66, 93, 65, 66, 59, 72, 37, 72, 84,
];

/// Space between an icon and its words.
const ICON_GAP: i32 = 4;

/// Characters after which a name may be broken.
const BREAKS: [char; 8] = [' ', '-', '.', '/', '_', ':', ',', '@'];

/// A line of text at the origin, cut in the middle where it is wider than `room`.
pub(super) fn line(words: &str, icon: Option<Icon>, style: Style, room: i32) -> Line {
    let icon_room = if icon.is_some() { ICON_SIZE + ICON_GAP } else { 0 };
    let words = fit(&printable(words), style, room - icon_room);
    let width = width(&words, style) + icon_room;
    Line { at: Point::default(), icon, words, style, width }
}

/// A name in one line, or in two: broken after a separator, and cut in the middle where even two do not hold it.
pub(super) fn fold(words: &str, style: Style, room: i32) -> Vec<Line> {
    let words = printable(words);
    if width(&words, style) <= room {
        return vec![line(&words, None, style, room)];
    }
    let (head, tail) = split(&words, style, room);
    let tail = if width(tail, style) <= room { tail.to_owned() } else { format!("…{}", suffix(tail, style, room)) };
    vec![line(head, None, style, room), line(tail.trim(), None, style, room)]
}

/// A careful estimate of the width in pixels, rounded up.
pub(super) fn width(words: &str, style: Style) -> i32 {
    let (half_pixels, bold) = font(style);
    let hundredths: i32 = words.chars().map(|character| advance(character, bold)).sum();
    (hundredths * half_pixels + 199) / 200
}

/// The words, cut in the middle where they are wider than `room`.
pub(super) fn fit(words: &str, style: Style, room: i32) -> String {
    if width(words, style) <= room {
        return words.to_owned();
    }
    let half = (room - width("…", style)) / 2;
    format!("{}…{}", prefix(words, style, half).trim_end(), suffix_within(words, style, half).trim_start())
}

/// The words with everything replaced that is invisible, breaks lines, turns the direction of writing or is not allowed
/// in XML: a certificate's author chooses them.
pub fn printable(words: &str) -> String {
    words.chars().map(|character| if is_printable(character) { character } else { '\u{FFFD}' }).collect()
}

/// Whether a character may be shown as it is: see [`printable`].
pub fn is_printable(character: char) -> bool {
    let invisible = matches!(character, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{FFFE}'
        | '\u{FFFF}' | '\u{E0000}'..='\u{E007F}');
    !character.is_control() && !invisible
}

/// Font size in half pixels, and whether it is bold.
fn font(style: Style) -> (i32, bool) {
    match style {
        Style::Name => (26, true),
        Style::Fact => (23, false),
        Style::Strong => (23, true),
        Style::Label => (22, true),
    }
}

/// Hundredths of the font size. Outside ASCII a class decides, and what belongs to none is taken for wide: words that
/// are cut too early can be read in the tool tip, words that leave their box cannot. The crate unicode-width cannot
/// take the place of this: it counts the cells of a terminal, in which "Щ" is as wide as "i".
fn advance(character: char, bold: bool) -> i32 {
    let table = if bold { &BOLD } else { &REGULAR };
    let ascii = (character as usize).checked_sub(0x20).and_then(|index| table.get(index));
    match ascii {
        Some(hundredths) => i32::from(*hundredths),
        None if matches!(character, '·' | '’' | '‘') => 38,
        None if character as u32 >= 0x1_F000 => 140,
        None if matches!(character, 'ß'..='ÿ') => 76,
        None if bold => 135,
        None => 112,
    }
}

/// Head and tail of words that are wider than `room`; the head fits.
fn split(words: &str, style: Style, room: i32) -> (&str, &str) {
    let longest = prefix(words, style, room);
    let separated = longest.rfind(BREAKS).map(|at| longest.get(..=at).unwrap_or(longest));
    let head = separated.filter(|head| width(head, style) * 5 >= room * 2).unwrap_or(longest);
    (head.trim_end(), words.get(head.len()..).unwrap_or_default())
}

/// The longest beginning that fits.
fn prefix(words: &str, style: Style, room: i32) -> &str {
    let ends = words.char_indices().map(|(at, character)| at + character.len_utf8());
    let fitting = ends.map_while(|end| words.get(..end).filter(|head| width(head, style) <= room)).last();
    fitting.unwrap_or_default()
}

/// The longest end that fits behind an ellipsis.
fn suffix(words: &str, style: Style, room: i32) -> &str {
    suffix_within(words, style, room - width("…", style))
}

fn suffix_within(words: &str, style: Style, room: i32) -> &str {
    let starts = words.char_indices().rev();
    let fitting = starts.map_while(|(at, _)| words.get(at..).filter(|tail| width(tail, style) <= room)).last();
    fitting.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_breaks_after_a_separator() {
        let lines = fold("ziti-controller1-edge-signer-of-the-network", Style::Name, 220);
        let words: Vec<_> = lines.iter().map(|line| line.words.as_str()).collect();
        assert_eq!(words, ["ziti-controller1-edge-signer-", "of-the-network"]);
    }

    #[test]
    fn a_long_name_loses_its_middle_and_keeps_both_ends() {
        let name = format!("begin {} end", "x".repeat(300));
        let lines = fold(&name, Style::Name, 220);
        let words: Vec<_> = lines.iter().map(|line| line.words.as_str()).collect();
        assert!(words.len() == 2 && words[0].starts_with("begin ") && words[1].ends_with("x end"), "{words:?}");
        assert!(words[1].starts_with('…') && lines.iter().all(|line| line.width <= 220), "{words:?}");
    }

    #[test]
    fn no_room_leaves_the_ellipsis() {
        assert_eq!(fit("abcdef", Style::Fact, 0), "…");
    }

    #[test]
    fn invisible_characters_show() {
        assert_eq!(printable("a\u{202E}b\nc\u{200B}"), "a\u{FFFD}b\u{FFFD}c\u{FFFD}");
    }
}
